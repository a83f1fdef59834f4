package org.gemel.database.preflight;

import static org.gemel.database.preflight.Level.BLOCKER;
import static org.gemel.database.preflight.Level.NOTE;
import static org.gemel.database.preflight.Level.WARNING;
import static org.gemel.database.preflight.Place.BACKUP;
import static org.gemel.database.preflight.Place.MAIN;

import java.util.List;
import org.gemel.database.preflight.DatabaseFacts.RoleFacts;

/** Rights of the roles Gemel works with, and whether the gate can hold the others out. */
final class RoleChecks {
  private final Findings findings;

  RoleChecks(Findings findings) {
    this.findings = findings;
  }

  void check(DatabaseFacts main, DatabaseFacts backup) {
    side(main, MAIN);
    side(backup, BACKUP);
    marks(main, backup);
    RoleFacts roles = main.roles();
    if (roles.replicationUser().equals("superuser")) {
      findings
          .add(WARNING, MAIN, "replication-user", roles.replication())
          .found("the replication user " + roles.replication() + " being a superuser")
          .wanted("LOGIN REPLICATION BYPASSRLS and pg_read_all_data, which is all it needs")
          .cure(
              "take that from it",
              "ALTER ROLE " + roles.replication() + " NOSUPERUSER REPLICATION BYPASSRLS");
    } else if (!roles.replicationUser().equals("ready")) {
      findings
          .add(NOTE, MAIN, "replication-user", roles.replication())
          .found("the replication user " + roles.replication() + " " + roles.replicationUser())
          .wanted("one with LOGIN REPLICATION BYPASSRLS")
          .cure("nothing need be done: the start makes it, or gives it what it lacks");
    }
  }

  private void marks(DatabaseFacts main, DatabaseFacts backup) {
    if (!main.mark().equals("MAIN")) {
      findings
          .add(BLOCKER, MAIN, "role", "")
          .found("a database marked " + (main.mark().isEmpty() ? "as nothing yet" : "backup"))
          .wanted("main: only a main database may overwrite another one")
          .cure("set it main first, with `gemel database set-main`, or check the direction");
    }
    if (!backup.mark().equals("BACKUP")) {
      findings
          .add(BLOCKER, BACKUP, "role", "")
          .found("a database marked " + (backup.mark().isEmpty() ? "as nothing yet" : "main"))
          .wanted("backup: it would be overwritten")
          .cure("set it backup first, with `gemel database set-backup`");
      return;
    }
    for (String role : backup.roles().connected()) {
      findings
          .add(BLOCKER, BACKUP, "gate", role)
          .found("a client that can connect to a backup: " + role)
          .wanted("none, since it is about to be overwritten")
          .cure(
              "set it backup again; a right that was granted to it by name stays with it until it"
                  + " is taken away",
              "REVOKE CONNECT ON DATABASE " + backup.database() + " FROM PUBLIC, " + role);
    }
    for (String role : main.roles().granted()) {
      findings
          .add(WARNING, MAIN, "gate", role)
          .found(role + ", which may connect by a right of its own")
          .wanted("it among the application or observer roles, or not to have CONNECT")
          .cure(
              "name it in the settings of both sides, or take the right away: a switch could not"
                  + " hold it out",
              "REVOKE CONNECT ON DATABASE " + main.database() + " FROM " + role);
    }
  }

  private void side(DatabaseFacts facts, Place place) {
    RoleFacts roles = facts.roles();
    if (!roles.administratorIsSuperuser()) {
      findings
          .add(BLOCKER, place, "administrator", roles.administrator())
          .found("the administrator " + roles.administrator() + " being no superuser")
          .wanted("a superuser, who alone may gate, end and replicate every session and table")
          .cure(
              "as another superuser, make it one",
              "ALTER ROLE " + roles.administrator() + " SUPERUSER");
    }
    for (String role : roles.missing()) {
      findings
          .add(BLOCKER, place, "application-role", role)
          .found("no role " + role)
          .wanted("every application role on both servers")
          .cure("make it, and give it its password", "CREATE ROLE " + role + " LOGIN");
    }
    for (String role : roles.superusers()) {
      findings
          .add(place == BACKUP ? BLOCKER : WARNING, place, "application-role", role)
          .found("the application role " + role + " being a superuser")
          .wanted("none, for no gate holds a superuser out")
          .cure("take that from it", "ALTER ROLE " + role + " NOSUPERUSER");
    }
    for (String role : roles.owners()) {
      boolean owns = roles.ownersOfDatabase().contains(role);
      findings
          .add(WARNING, place, "application-role", role)
          .found(
              "the application role "
                  + role
                  + (owns ? " owning the database" : " being able to make roles"))
          .wanted("it not to: it could let itself in again while the gate is shut")
          .cure(
              owns ? "let the administrator own the database" : "take that from it",
              owns
                  ? List.of(
                      "ALTER DATABASE " + facts.database() + " OWNER TO " + roles.administrator())
                  : List.of("ALTER ROLE " + role + " NOCREATEROLE"),
              false);
    }
  }
}
