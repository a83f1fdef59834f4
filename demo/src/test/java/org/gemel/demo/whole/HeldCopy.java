package org.gemel.demo.whole;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.awaitility.Awaitility;
import org.gemel.demo.workload.DatabaseAccess;

/**
 * Keeps the copy of one table from coming to its end, as a large table would: whoever copies into
 * it, Gemel or the server itself, waits for a lock that the test has.
 */
final class HeldCopy implements AutoCloseable {
  private static final int LOCK = 711;

  private final Connection backup;
  private final Set<Integer> seen = new HashSet<>();

  HeldCopy(DatabaseAccess backup, String table) throws SQLException {
    this.backup = backup.open();
    command("SELECT pg_advisory_lock(" + LOCK + ")");
    command(
        "CREATE FUNCTION hold_copy() RETURNS trigger LANGUAGE plpgsql AS"
            + " $$ BEGIN PERFORM pg_advisory_xact_lock_shared("
            + LOCK
            + "); RETURN NULL; END $$");
    command(
        "CREATE TRIGGER hold_copy BEFORE INSERT ON "
            + table
            + " FOR EACH STATEMENT EXECUTE FUNCTION hold_copy()");
    command("ALTER TABLE " + table + " ENABLE REPLICA TRIGGER hold_copy");
  }

  /** Somebody copies, and it is nobody who did so when this was asked before. */
  void awaitAnother() {
    Awaitility.await("somebody copies")
        .atMost(Duration.ofMinutes(2))
        .until(() -> !seen.containsAll(waiting()));
    seen.addAll(waiting());
  }

  private Set<Integer> waiting() {
    try (Statement statement = backup.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND objid = "
                    + LOCK
                    + " AND NOT granted")) {
      Set<Integer> waiting = new HashSet<>();
      while (rows.next()) {
        waiting.add(rows.getInt(1));
      }
      return waiting;
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  void letGo() throws SQLException {
    command("SELECT pg_advisory_unlock(" + LOCK + ")");
  }

  private void command(String sql) throws SQLException {
    try (Statement statement = backup.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() throws SQLException {
    try (backup) {
      command("SELECT pg_advisory_unlock_all()");
      command("DROP FUNCTION hold_copy CASCADE");
    }
  }
}
