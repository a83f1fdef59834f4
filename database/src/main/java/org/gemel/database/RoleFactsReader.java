package org.gemel.database;

import java.sql.SQLException;
import java.util.List;
import org.gemel.database.preflight.DatabaseFacts.RoleFacts;

/** Reads what a preflight wants to know of the roles. */
final class RoleFactsReader {
  private final Session session;
  private final DatabaseSettings settings;

  RoleFactsReader(Session session, DatabaseSettings settings) {
    this.session = session;
    this.settings = settings;
  }

  RoleFacts read() throws SQLException {
    List<String> roles = settings.applicationRoles();
    List<String> admitted = new Gate(session, settings).admitted();
    return new RoleFacts(
        quoted(settings.administrator().user()),
        session.holds("SELECT rolsuper FROM pg_roles WHERE rolname = current_user"),
        quoted(settings.replication().user()),
        replicationUser(),
        session.texts(
            """
            SELECT format('%I', name) FROM unnest(?) name
            WHERE NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = name) ORDER BY 1""",
            roles),
        session.texts(ofRoles("rolsuper"), roles),
        session.texts(
            ofRoles(
                """
                NOT rolsuper AND (rolcreaterole OR EXISTS (SELECT 1 FROM pg_database
                  WHERE datname = current_database() AND pg_has_role(r.oid, datdba, 'USAGE')))"""),
            roles),
        session.texts(
            ofRoles(
                """
                NOT rolsuper AND EXISTS (SELECT 1 FROM pg_database
                  WHERE datname = current_database() AND pg_has_role(r.oid, datdba, 'USAGE'))"""),
            roles),
        session.texts(
            """
            SELECT format('%I', rolname) FROM pg_roles
            WHERE has_database_privilege(oid, current_database(), 'CONNECT') AND NOT rolsuper
              AND (rolname = ANY (?) OR rolcanlogin AND rolname <> ALL (?)) ORDER BY 1""",
            roles, admitted),
        // By its own right or that of a group, not as part of PUBLIC, which the gate takes away.
        session.texts(
            """
            SELECT format('%I', rolname) FROM pg_roles r
            WHERE rolcanlogin AND NOT rolsuper AND rolname <> ALL (?) AND rolname <> ALL (?)
              AND EXISTS (SELECT 1 FROM pg_database d,
                  aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) a
                WHERE d.datname = current_database() AND a.privilege_type = 'CONNECT'
                  AND a.grantee <> 0 AND pg_has_role(r.oid, a.grantee, 'USAGE')) ORDER BY 1""",
            roles, admitted));
  }

  private String replicationUser() throws SQLException {
    return session
        .first(
            """
            SELECT CASE WHEN rolsuper THEN 'superuser'
              WHEN rolcanlogin AND rolreplication AND rolbypassrls THEN 'ready'
              ELSE 'unready' END FROM pg_roles WHERE rolname = ?""",
            row -> row.getString(1),
            settings.replication().user())
        .orElse("missing");
  }

  private String quoted(String role) throws SQLException {
    return session.one("SELECT format('%I', ?::text)", row -> row.getString(1), role);
  }

  private static String ofRoles(String condition) {
    return "SELECT format('%I', rolname) FROM pg_roles r WHERE rolname = ANY (?) AND "
        + condition
        + " ORDER BY 1";
  }
}
