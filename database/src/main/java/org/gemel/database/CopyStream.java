package org.gemel.database;

import java.sql.SQLException;
import java.util.Queue;
import org.gemel.database.CopiedTable.Part;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyOut;

/** Carries rows from main to the backup, part after part, a transaction each. */
final class CopyStream implements AutoCloseable {
  private static final int BATCH_BYTES = 64 << 10;

  private final Session source;
  private final Session target;
  private final byte[] batch = new byte[BATCH_BYTES];

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
        // What a later commit brings to disk is not waited for: a part and its count go together,
        // and following is allowed only by a commit that is waited for.
        target.command("SET synchronous_commit = off");
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

  /** Rows come one by one, and are handed on many at a time: each time costs a system call. */
  private long copy(Part part) throws SQLException {
    CopyOut out = source.copyOut(part.from());
    CopyIn in = target.copyIn(part.to());
    try {
      int filled = 0;
      for (byte[] row = out.readFromCopy(); row != null; row = out.readFromCopy()) {
        if (filled + row.length > batch.length) {
          in.writeToCopy(batch, 0, filled);
          filled = 0;
        }
        if (row.length > batch.length) {
          in.writeToCopy(row, 0, row.length);
        } else {
          System.arraycopy(row, 0, batch, filled, row.length);
          filled += row.length;
        }
      }
      in.writeToCopy(batch, 0, filled);
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
