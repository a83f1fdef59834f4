package org.gemel.bench.database;

import java.sql.SQLException;
import java.util.List;

/** Everything in a database by which it follows another one, or another one follows it. */
final class Replicated {
  private static final int TRIES = 100;

  private Replicated() {}

  static void end(Access access) throws SQLException {
    List<String> subscriptions =
        access.texts(
            "SELECT quote_ident(subname) FROM pg_subscription s JOIN pg_database d ON d.oid = subdbid"
                + " WHERE datname = current_database()");
    for (String subscription : subscriptions) {
      access.run(
          "ALTER SUBSCRIPTION " + subscription + " DISABLE",
          "ALTER SUBSCRIPTION " + subscription + " SET (slot_name = NONE)",
          "DROP SUBSCRIPTION " + subscription);
    }
    String slots =
        " FROM pg_replication_slots WHERE database = current_database() AND NOT temporary";
    for (int i = 0; i < TRIES && access.number("SELECT count(*)" + slots) > 0; i++) {
      access.run(
          "SELECT pg_terminate_backend(active_pid, 5000)" + slots + " AND active",
          "SELECT pg_drop_replication_slot(slot_name)" + slots + " AND NOT active");
    }
  }
}
