package org.gemel.database;

import java.sql.SQLException;

/** Empties one table in the caller's transaction, in which no trigger fires (replica role). */
final class Emptying {
  private Emptying() {}

  static void empty(Session session, String table) throws SQLException {
    boolean referred =
        session.holds(
            """
            SELECT EXISTS (SELECT 1 FROM pg_constraint WHERE contype = 'f'
              AND confrelid = to_regclass(?) AND conrelid <> confrelid)""",
            table);
    // A truncation of what others refer to is refused, whether those have rows or not.
    session.command((referred ? "DELETE FROM ONLY " : "TRUNCATE ONLY ") + table);
  }
}
