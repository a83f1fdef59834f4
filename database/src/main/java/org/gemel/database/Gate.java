package org.gemel.database;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Who may connect. Only those who can connect can write, so this privilege is the gate; unlike a
 * read-only setting a client cannot lift it.
 */
final class Gate {
  private final Session session;
  private final DatabaseSettings settings;
  private final String database;

  Gate(Session session, DatabaseSettings settings) {
    this.session = session;
    this.settings = settings;
    this.database = Sql.identifier(settings.address().database());
  }

  /** Those the gate is not meant for. */
  List<String> admitted() {
    List<String> admitted = new ArrayList<>(settings.observerRoles());
    admitted.add(settings.administrator().user());
    admitted.add(settings.replication().user());
    return admitted;
  }

  /** Takes the privilege away, from everybody (PUBLIC) and from each application role. */
  void shut() throws SQLException, DatabaseFailure {
    requireRoles();
    session.transaction(
        () -> {
          // CASCADE: an application role may have passed its privilege on.
          session.command(
              "REVOKE CONNECT ON DATABASE "
                  + database
                  + " FROM PUBLIC, "
                  + Sql.identifiers(settings.applicationRoles())
                  + " CASCADE");
          // They may have had it as part of PUBLIC only.
          List<String> staying = existing(admitted());
          session.command(
              "GRANT CONNECT ON DATABASE " + database + " TO " + Sql.identifiers(staying));
        });
    List<String> leaks = leaks();
    if (!leaks.isEmpty()) {
      throw DatabaseFailure.unfinished(
          "roles that can still connect to " + settings.address() + ": " + leaks,
          "nobody but the administrator, the replication user and the observers "
              + settings.observerRoles(),
          "take from them CONNECT or the group that gives it (no client may be a superuser), or"
              + " name them among the application roles or the observers; then repeat");
    }
  }

  /** Lets the application roles in. Part of the caller's transaction. */
  void open() throws SQLException {
    session.command(
        "GRANT CONNECT ON DATABASE "
            + database
            + " TO "
            + Sql.identifiers(settings.applicationRoles()));
  }

  /** Application roles that can connect now. */
  List<String> open(boolean can) throws SQLException {
    return session.texts(
        """
        SELECT rolname FROM pg_roles
        WHERE rolname = ANY (?) AND has_database_privilege(oid, current_database(), 'CONNECT') = ?
        ORDER BY 1""",
        settings.applicationRoles(),
        can);
  }

  /** Clients, named as application roles or not, that a shut gate would not hold out. */
  List<String> leaks() throws SQLException {
    return session.texts(
        """
        SELECT rolname || CASE WHEN rolsuper THEN ' (superuser)' ELSE '' END FROM pg_roles
        WHERE has_database_privilege(oid, current_database(), 'CONNECT')
          AND (rolname = ANY (?) OR rolcanlogin AND NOT rolsuper AND rolname <> ALL (?))
        ORDER BY 1""",
        settings.applicationRoles(),
        admitted());
  }

  void requireRoles() throws SQLException, DatabaseFailure {
    List<String> missing = new ArrayList<>(settings.applicationRoles());
    missing.removeAll(existing(settings.applicationRoles()));
    if (!missing.isEmpty()) {
      throw DatabaseFailure.refused(
          "no role " + missing + " on the server of " + settings.address(),
          "every application role to exist on both sides",
          "create them, or correct the application roles in the settings");
    }
  }

  private List<String> existing(List<String> roles) throws SQLException {
    return session.texts("SELECT rolname FROM pg_roles WHERE rolname = ANY (?)", roles);
  }
}
