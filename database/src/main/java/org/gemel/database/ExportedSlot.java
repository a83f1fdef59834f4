package org.gemel.database;

import java.sql.SQLException;
import java.time.Duration;

/**
 * A slot just made on main, together with the rows as they stood at that moment: what the snapshot
 * shows is exactly what was committed before the slot's start, and the slot has exactly the rest.
 *
 * <p>The snapshot may be taken up by other sessions ({@code SET TRANSACTION SNAPSHOT}) while this
 * object is open, and goes with it, as with the server or the connection; a session that took it up
 * keeps it. The slot stays: to drop it is up to whoever had it made.
 */
final class ExportedSlot implements AutoCloseable {
  private record Made(WalPosition start, String snapshot) {}

  private final Session session;
  private final Made made;

  private ExportedSlot(Session session, Made made) {
    this.session = session;
    this.made = made;
  }

  /**
   * Makes it. That waits for all transactions of the server that are in flight; where those do not
   * end in time, nothing is left of it.
   */
  static ExportedSlot make(MainConnection main, String name, Duration patience)
      throws SQLException, DatabaseFailure {
    Session session = Session.commandsOfReplication(main, patience);
    try {
      // To export the snapshot is what all releases do where nothing else is said.
      return new ExportedSlot(
          session,
          session.one(
              "CREATE_REPLICATION_SLOT " + Sql.identifier(name) + " LOGICAL pgoutput",
              row ->
                  new Made(
                      WalPosition.parse(row.getString("consistent_point")),
                      row.getString("snapshot_name"))));
    } catch (SQLException e) {
      session.close();
      if (Failures.state(e).equals(Failures.STATEMENT_CANCELLED)) {
        throw Slots.openTransactions(patience);
      }
      throw e;
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
  }

  /** The place from which the slot has everything. */
  WalPosition start() {
    return made.start();
  }

  /** Its name, for {@code SET TRANSACTION SNAPSHOT}. */
  String snapshot() {
    return made.snapshot();
  }

  @Override
  public void close() throws SQLException {
    session.close();
  }
}
