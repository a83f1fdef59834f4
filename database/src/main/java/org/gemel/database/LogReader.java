package org.gemel.database;

import java.sql.SQLException;

/** Looks into a change log's slot, as the administrator or as the replication user. */
final class LogReader {
  private final Session session;
  private final String publication;
  private final String slot;
  private final ChangeLogLimits limits;

  LogReader(Session session, String publication, String slot, ChangeLogLimits limits) {
    this.session = session;
    this.publication = publication;
    this.slot = slot;
    this.limits = limits;
  }

  /** The next changes, of whole transactions, up to a position or some more. */
  Peeked peek(WalPosition upTo) throws SQLException, DatabaseFailure {
    BothSides.alike(session); // keys are texts, and must read the same on both sides
    ChangedTables changed = new ChangedTables(session, limits.keysPerTable());
    long[] seen = {0};
    WalPosition[] last = {new WalPosition(0)};
    session.transaction(
        () ->
            session.each(
                """
                SELECT lsn::text, data FROM pg_logical_slot_peek_binary_changes(?, ?::text::pg_lsn, ?,
                  'proto_version', '1', 'publication_names', ?)""",
                row -> {
                  byte[] message = row.getBytes(2);
                  changed.read(message);
                  seen[0]++;
                  if (message[0] == 'C') {
                    last[0] = WalPosition.parse(row.getString(1));
                  }
                },
                slot,
                upTo.toString(),
                limits.changesAtATime(),
                Sql.identifier(publication)));
    return new Peeked(changed.tables(), last[0], seen[0] >= limits.changesAtATime());
  }
}
