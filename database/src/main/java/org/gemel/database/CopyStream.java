package org.gemel.database;

import java.sql.SQLException;
import java.util.Queue;
import org.gemel.database.CopiedTable.Part;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyOut;

/** Carries rows from main to the backup, part after part, a transaction each. */
final class CopyStream implements AutoCloseable {
  private final Session source;

  private final Session target;

  private CopyStream(Session source, Session target) {
    this.source = source;
    this.target = target;
  }

  /** Reads what the snapshot shows, for as long as it is open, also when its owner is gone. */
  static CopyStream open(MainConnection main, DatabaseSettings settings, String snapshot)
      throws SQLException {
    Session source =
        Session.copying(
            main.address(),
            main.replication(),
            Names.of(settings.pair()),
            " -c enable_indexscan=off -c enable_indexonlyscan=off -c enable_bitmapscan=off"
                + " -c max_parallel_workers_per_gather=0 -c synchronize_seqscans=off"
                + " -c row_security=off",
            settings.leftOut());
    try {
      Session target = Session.copyingHere(settings);
      try {
        // Both write and read values the same way.
        var _ = new BothSides(source, target);
        source.command("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY");
        source.command("SET TRANSACTION SNAPSHOT " + Sql.literal(snapshot));
        return new CopyStream(source, target);
      } catch (SQLException | RuntimeException e) {
        target.close();
        throw e;
      }
    } catch (SQLException | RuntimeException e) {
      source.close();
      throw e;
    }
  }

  /** Until there is no part left. */
  void carry(Queue<Part> parts, String token) throws SQLException, DatabaseFailure {
    CopyNotes notes = new CopyNotes(target);
    for (Part part = parts.poll(); part != null; part = parts.poll()) {
      Part next = part;
      source.command("SET LOCAL enable_seqscan = " + (part.byPlace() ? "off" : "on"));
      target.transaction(() -> notes.count(token, next.table(), copy(next)));
    }
  }

  private long copy(Part part) throws SQLException {
    CopyOut out = source.copyOut(part.from());
    CopyIn in = target.copyIn(part.to());
    try {
      for (byte[] rows = out.readFromCopy(); rows != null; rows = out.readFromCopy()) {
        in.writeToCopy(rows, 0, rows.length);
      }
      return in.endCopy();
    } finally {
      if (in.isActive()) {
        in.cancelCopy();
      }
    }
  }

  /** Ends it in the midst of a part, of which nothing stays. */
  void abort() {
    source.abort();
    target.abort();
  }

  @Override
  public void close() throws SQLException {
    try {
      source.close();
    } finally {
      target.close();
    }
  }
}
