package org.gemel.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gemel.database.preflight.DatabaseFacts;
import org.gemel.database.preflight.Level;
import org.gemel.database.preflight.Place;
import org.gemel.database.preflight.Preflight;
import org.gemel.database.preflight.PreflightFinding;
import org.gemel.postgres.PostgresServer;

/** A database of X as main and one of Y as backup, whose preflight is made again and again. */
final class CheckedPair {
  static final Credentials REPLICATION = new Credentials("copier", "co'pier");

  final Servers servers;
  final String name;
  List<String> leftOut = List.of();
  List<String> leftOutOnY = List.of();

  /** Both sides with nothing in it that could be found fault with. */
  CheckedPair(Servers servers, String name) throws Exception {
    this.servers = servers;
    this.name = name;
    for (Servers.Node node : List.of(servers.x, servers.y)) {
      node.sql(
          "postgres",
          "DO $$ BEGIN CREATE ROLE editor LOGIN PASSWORD 'e';"
              + " CREATE ROLE copier LOGIN REPLICATION BYPASSRLS PASSWORD 'co''pier';"
              + " EXCEPTION WHEN duplicate_object THEN NULL; END $$",
          "CREATE DATABASE " + Sql.identifier(name));
    }
    server(Place.MAIN).openAsMain(1);
    server(Place.BACKUP).markBackup(1);
  }

  Servers.Node node(Place place) {
    return place == Place.MAIN ? servers.x : servers.y;
  }

  DatabaseServer server(Place place) {
    return new DatabaseServer(settings(place));
  }

  /** The backup's. */
  int release() throws SQLException {
    try (Session session = Session.administrator(settings(Place.BACKUP))) {
      return session.one("SHOW server_version_num", row -> row.getInt(1)) / 10_000;
    }
  }

  void main(String... commands) throws SQLException {
    servers.x.sql(name, commands);
  }

  void backup(String... commands) throws SQLException {
    servers.y.sql(name, commands);
  }

  void both(String... commands) throws SQLException {
    main(commands);
    backup(commands);
  }

  MainConnection connection(Place place) {
    return new MainConnection(settings(place).address(), REPLICATION);
  }

  List<PreflightFinding> check() throws DatabaseFailure {
    DatabaseFacts main = server(Place.MAIN).facts(connection(Place.BACKUP));
    DatabaseFacts backup = server(Place.BACKUP).facts(connection(Place.MAIN));
    return Preflight.compare(main, backup);
  }

  List<PreflightFinding> blockers() throws DatabaseFailure {
    return check().stream().filter(f -> f.level() == Level.BLOCKER).toList();
  }

  /** The one finding of that kind about that object. */
  PreflightFinding found(Level level, Place place, String check, String subject)
      throws DatabaseFailure {
    List<PreflightFinding> all = check();
    List<PreflightFinding> fitting =
        all.stream()
            .filter(f -> f.level() == level && f.place() == place)
            .filter(f -> f.check().equals(check) && f.subject().equals(subject))
            .toList();
    assertThat(fitting).as("%s %s %s %s of %s", level, place, check, subject, all).hasSize(1);
    return fitting.getFirst();
  }

  /** Runs the cure of that finding and sees that it is not found any more. */
  PreflightFinding cured(Level level, Place place, String check, String subject) throws Exception {
    PreflightFinding finding = found(level, place, check, subject);
    assertThat(finding.commands()).as(finding.words()).isNotEmpty();
    run(finding);
    restart(List.of(finding));
    assertThat(check()).as("after " + finding.words()).doesNotContain(finding);
    return finding;
  }

  private void run(PreflightFinding finding) throws SQLException {
    node(finding.place()).sql(name, finding.commands().toArray(String[]::new));
  }

  private void restart(List<PreflightFinding> cured) throws Exception {
    for (Place place : Place.values()) {
      if (cured.stream().anyMatch(f -> f.restart() && f.place() == place)) {
        node(place).start();
      }
    }
  }

  /**
   * Runs every cure there is, again and again until none is left; a later one may need an earlier
   * one, so a round may fail in places.
   *
   * @return what is left, which only a person can cure
   */
  List<PreflightFinding> cureAll() throws Exception {
    List<String> failures = new ArrayList<>();
    for (int round = 0; round < 6; round++) {
      List<PreflightFinding> curable =
          check().stream().filter(f -> !f.commands().isEmpty()).toList();
      if (curable.isEmpty()) {
        return check();
      }
      failures.clear();
      for (PreflightFinding finding : curable) {
        try {
          run(finding);
        } catch (SQLException e) {
          failures.add(finding.words() + " failed with " + e.getMessage());
        }
      }
      restart(curable);
    }
    throw new AssertionError("cures that do not cure: " + check() + failures);
  }

  DatabaseSettings settings(Place place) {
    return new DatabaseSettings(
        "Checked " + name,
        new DatabaseAddress("127.0.0.1", node(place).server.port(), name),
        new Credentials(PostgresServer.ADMINISTRATOR, Servers.PASSWORD),
        REPLICATION,
        List.of("editor"),
        List.of(),
        Optional.empty(),
        place == Place.MAIN ? leftOut : leftOutOnY);
  }
}
