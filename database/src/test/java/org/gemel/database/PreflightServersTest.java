package org.gemel.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gemel.database.preflight.Level.BLOCKER;
import static org.gemel.database.preflight.Level.NOTE;
import static org.gemel.database.preflight.Level.WARNING;
import static org.gemel.database.preflight.Place.BACKUP;
import static org.gemel.database.preflight.Place.MAIN;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import org.gemel.database.preflight.PreflightFinding;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NullUnmarked // fields are set before each test, not by a constructor
@Tag("M-40")
final class PreflightServersTest {
  @TempDir static Path folder;
  private static Servers servers;
  private static int number;
  private CheckedPair pair;

  @BeforeAll
  static void startServers() throws Exception {
    servers = new Servers(folder);
  }

  @AfterAll
  static void stopServers() throws Exception {
    servers.stop();
  }

  @BeforeEach
  void makePair() throws Exception {
    pair = new CheckedPair(servers, "pair " + ++number);
  }

  @Test
  void settingsThatForbidReplicationAreNamedAndTheCuresAllowIt() throws Exception {
    String[] poor = {
      "ALTER SYSTEM SET wal_level = 'replica'",
      "ALTER SYSTEM SET max_replication_slots = 0",
      "ALTER SYSTEM SET max_wal_senders = 2",
      "ALTER SYSTEM SET max_logical_replication_workers = 0",
      "ALTER SYSTEM SET max_worker_processes = 0",
      "ALTER SYSTEM SET max_active_replication_origins = 1",
      "ALTER SYSTEM SET max_slot_wal_keep_size = -1",
      "ALTER SYSTEM SET idle_replication_slot_timeout = '1h'",
      "ALTER SYSTEM SET fsync = 'off'"
    };
    for (Servers.Node node : List.of(servers.x, servers.y)) {
      node.sql("postgres", poor);
      node.start();
    }
    servers.y.sql("postgres", "ALTER SYSTEM SET idle_replication_slot_timeout = '2d'");
    servers.y.start();
    pair.found(BLOCKER, MAIN, "wal-level", "");
    pair.found(WARNING, BACKUP, "wal-level", "");
    pair.found(BLOCKER, MAIN, "slots", "");
    pair.found(WARNING, BACKUP, "slots", "");
    pair.found(WARNING, MAIN, "senders", "");
    pair.found(BLOCKER, BACKUP, "workers", "");
    pair.found(BLOCKER, BACKUP, "worker-processes", "");
    pair.found(WARNING, BACKUP, "origins", "");
    pair.found(WARNING, MAIN, "slot-limit", "");
    pair.found(NOTE, BACKUP, "slot-limit", "");
    pair.found(WARNING, MAIN, "idle-slot-timeout", "");
    pair.found(WARNING, MAIN, "fsync", "");
    assertThat(pair.check())
        .as("two days are long enough")
        .noneMatch(f -> f.place() == BACKUP && f.check().equals("idle-slot-timeout"));
    assertThat(pair.cureAll()).allMatch(f -> f.level() == NOTE);
  }

  @Test
  void slotsNobodyReadsAreNamedAndGemelsOwnAreNot() throws Exception {
    pair.main(
        "SELECT pg_create_logical_replication_slot('forgotten', 'pgoutput')",
        "SELECT pg_create_logical_replication_slot('pg_16400_sync_16390_7', 'pgoutput')",
        "SELECT pg_create_logical_replication_slot('"
            + Names.of(pair.settings(MAIN).pair())
            + "', 'pgoutput')");
    pair.backup("SELECT pg_create_physical_replication_slot('standby', true)");
    assertThat(pair.check())
        .filteredOn(f -> f.check().equals("slot"))
        .extracting(PreflightFinding::subject)
        .containsExactly("forgotten", "pg_16400_sync_16390_7", "standby");
    assertThat(pair.cured(WARNING, MAIN, "slot", "pg_16400_sync_16390_7").words())
        .contains("left-over slot of a table copy", "bytes of log");
    pair.cured(WARNING, MAIN, "slot", "forgotten");
    pair.cured(WARNING, BACKUP, "slot", "standby");
    pair.server(MAIN).unpublish();
  }

  @Test
  void othersThatReplicateHereAreNamed() throws Exception {
    pair.both("CREATE TABLE t(id int PRIMARY KEY, v text)");
    pair.main("CREATE PUBLICATION \"Others\" FOR TABLE t");
    String own = Names.of(pair.settings(MAIN).pair());
    pair.main(
        "CREATE PUBLICATION "
            + Sql.identifier(own)
            + " FOR TABLE t (id) WITH (publish = 'insert')");
    pair.backup(
        "CREATE SUBSCRIPTION \"Foreign one\" CONNECTION "
            + Sql.literal(ConnectionString.of(pair.connection(MAIN)))
            + " PUBLICATION \"Others\" WITH (create_slot = false, slot_name = nobodys,"
            + " copy_data = false)");
    pair.found(NOTE, MAIN, "publication", "\"Others\"");
    pair.found(NOTE, MAIN, "publication", own);
    pair.cured(BLOCKER, MAIN, "publication", own);
    pair.cured(BLOCKER, BACKUP, "subscription", "\"Foreign one\"");
    pair.server(MAIN).publish();
    pair.server(BACKUP).subscribe(pair.connection(MAIN), 1);
    pair.found(NOTE, BACKUP, "subscription", own);
    assertThat(pair.blockers()).as("a start over a running one").isEmpty();
    pair.server(BACKUP).unsubscribe();
    pair.server(MAIN).unpublish();
  }

  @Test
  void rightsThatLackOrAreTooManyAreNamed() throws Exception {
    servers.x.sql("postgres", "ALTER ROLE copier SUPERUSER");
    pair.cured(WARNING, MAIN, "replication-user", "copier");
    servers.x.sql("postgres", "ALTER ROLE editor CREATEROLE");
    pair.cured(WARNING, MAIN, "application-role", "editor");
    pair.main("ALTER DATABASE " + Sql.identifier(pair.name) + " OWNER TO editor");
    pair.cured(WARNING, MAIN, "application-role", "editor");
    servers.y.sql("postgres", "ALTER ROLE editor SUPERUSER");
    pair.cured(BLOCKER, BACKUP, "application-role", "editor");
    servers.y.sql("postgres", "ALTER ROLE editor RENAME TO reporter");
    pair.cured(BLOCKER, BACKUP, "application-role", "editor");
    pair.backup("GRANT CONNECT ON DATABASE " + Sql.identifier(pair.name) + " TO reporter");
    pair.cured(BLOCKER, BACKUP, "gate", "reporter");
    servers.x.sql("postgres", "CREATE ROLE \"Chef\" LOGIN");
    pair.main("GRANT CONNECT ON DATABASE " + Sql.identifier(pair.name) + " TO \"Chef\"");
    pair.cured(WARNING, MAIN, "gate", "\"Chef\"");
    assertThat(pair.blockers()).isEmpty();
    pair.server(BACKUP).openAsMain(2);
    assertThat(pair.found(BLOCKER, BACKUP, "role", "").cure()).contains("set-backup");
  }

  @Test
  void theWayToMainIsTriedByTheBackupsOwnServer() throws Exception {
    servers.x.sql("postgres", "ALTER ROLE copier PASSWORD 'another'");
    PreflightFinding refused = pair.found(BLOCKER, BACKUP, "reach", "");
    assertThat(refused.found())
        .contains("password authentication failed")
        .doesNotContain("co'pier");
    servers.x.sql("postgres", "ALTER ROLE copier RENAME TO copier_of_old");
    assertThat(pair.found(NOTE, BACKUP, "reach", "").cure()).contains("publishing");
    servers.x.sql(
        "postgres",
        "ALTER ROLE copier_of_old RENAME TO copier",
        "ALTER ROLE copier PASSWORD 'co''pier'");
    assertThat(pair.check()).noneMatch(f -> f.check().equals("reach"));
    servers.y.sql("postgres", "ALTER ROLE copier PASSWORD 'another'");
    pair.found(WARNING, MAIN, "reach", "");
    servers.y.sql("postgres", "ALTER ROLE copier PASSWORD 'co''pier'");

    DatabaseAddress nobody = new DatabaseAddress("127.0.0.1", 1, pair.name);
    var facts = pair.server(BACKUP).facts(new MainConnection(nobody, CheckedPair.REPLICATION));
    assertThat(facts.reach().state()).isEqualTo("SILENT");
  }

  @Test
  void transactionsACopyWouldWaitForAreNamed() throws Exception {
    pair.both("CREATE TABLE t(id int PRIMARY KEY)");
    pair.main("BEGIN", "INSERT INTO t VALUES (1)", "PREPARE TRANSACTION 'it''s'");
    assertThat(pair.found(WARNING, MAIN, "prepared-transaction", "it's").cure())
        .contains("ROLLBACK PREPARED 'it''s'");
    pair.main("ROLLBACK PREPARED 'it''s'");
    try (Connection writer = servers.x.server.connect(pair.name);
        Statement statement = writer.createStatement()) {
      statement.execute("BEGIN");
      statement.execute("INSERT INTO t VALUES (2)");
      assertThat(pair.server(MAIN).facts(pair.connection(BACKUP)).server().open()).hasSize(1);
    }
  }

  @Test
  void anotherEncodingIsRefusedAndAnotherOrderIsNamed() throws Exception {
    servers.y.sql(
        "postgres",
        "DROP DATABASE " + Sql.identifier(pair.name),
        "CREATE DATABASE "
            + Sql.identifier(pair.name)
            + " TEMPLATE template0 ENCODING 'LATIN1' LOCALE_PROVIDER libc LOCALE 'C'");
    pair.server(BACKUP).markBackup(1);
    pair.found(BLOCKER, BACKUP, "encoding", "");
    servers.y.sql(
        "postgres",
        "DROP DATABASE " + Sql.identifier(pair.name),
        "CREATE DATABASE "
            + Sql.identifier(pair.name)
            + " TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER libc LOCALE 'C'");
    pair.server(BACKUP).markBackup(1);
    pair.found(WARNING, BACKUP, "collation", "");
  }
}
