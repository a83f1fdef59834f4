package org.gemel.database;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/**
 * The roles of a copied server. They are main's, but who could log in at the backup still can, with
 * the same password; so what a site's files name stays true.
 */
final class CopiedRoles {
  private CopiedRoles() {}

  /** What a server keeps of passwords, by role. */
  static Map<String, String> verifiers(Session session) throws SQLException {
    Map<String, String> verifiers = new HashMap<>();
    session.list(
        "SELECT rolname, rolpassword FROM pg_authid WHERE rolpassword IS NOT NULL",
        row -> verifiers.put(row.getString(1), row.getString(2)));
    return verifiers;
  }

  /** Gives the roles that are there the passwords they had, and makes the administrator. */
  static void putBack(Session copy, Map<String, String> verifiers, String administrator)
      throws SQLException {
    String role = Sql.identifier(administrator);
    boolean exists =
        copy.holds("SELECT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = ?)", administrator);
    copy.command((exists ? "ALTER ROLE " : "CREATE ROLE ") + role + " LOGIN SUPERUSER");
    for (String each : copy.texts("SELECT rolname FROM pg_authid ORDER BY 1")) {
      String verifier = verifiers.get(each);
      if (verifier != null) {
        copy.command("ALTER ROLE " + Sql.identifier(each) + " PASSWORD " + Sql.literal(verifier));
      }
    }
  }
}
