package org.gemel.database;

import java.sql.SQLException;
import org.gemel.database.preflight.DatabaseFacts.ReachFacts;

/**
 * Whether this database's own server reaches another one, which is what replication needs; an
 * agent's connection would prove nothing about that. The server connects when a subscription is
 * made; this one names a publication that nobody has and is rolled back, so nothing stays.
 */
final class Reach {
  private static final String NOBODYS = "gemel_nobodys";
  private static final String CONNECTION_FAILURE = "08";

  private final Session session;

  Reach(Session session) {
    this.session = session;
  }

  ReachFacts to(MainConnection other) throws SQLException {
    String address = other.address().toString();
    session.command("BEGIN");
    try {
      session.command(
          "CREATE SUBSCRIPTION "
              + NOBODYS
              + " CONNECTION "
              + Sql.literal(ConnectionString.of(other))
              + " PUBLICATION "
              + NOBODYS
              + " WITH (create_slot = false, enabled = false, slot_name = NONE,"
              + " copy_data = false)");
      return new ReachFacts(address, "REACHED", "");
    } catch (SQLException e) {
      String words = Failures.words(e, other.replication());
      if (!Failures.state(e).startsWith(CONNECTION_FAILURE)) {
        return new ReachFacts(address, "UNTRIED", words);
      }
      // Only a server that answers can refuse in these words; there is no code for it.
      return new ReachFacts(address, words.contains("FATAL:") ? "ANSWERED" : "SILENT", words);
    } finally {
      session.command("ROLLBACK");
    }
  }
}
