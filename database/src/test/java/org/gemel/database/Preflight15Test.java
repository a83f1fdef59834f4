package org.gemel.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gemel.database.preflight.Level.BLOCKER;
import static org.gemel.database.preflight.Level.NOTE;
import static org.gemel.database.preflight.Level.WARNING;
import static org.gemel.database.preflight.Place.BACKUP;
import static org.gemel.database.preflight.Place.MAIN;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.gemel.database.preflight.Preflight;
import org.gemel.postgres.PostgresBinaries;
import org.gemel.postgres.PostgresSettings;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The preflight on servers of an older release, where a distribution's package of it is. */
@NullUnmarked // fields are set before each test, not by a constructor
@Tag("M-40")
final class Preflight15Test {
  private static final Path PROGRAMS = Path.of("/usr/lib/postgresql/15");

  @TempDir static Path folder;
  private static Servers servers;

  @BeforeAll
  static void startServers() throws Exception {
    assumeTrue(
        Files.isExecutable(PROGRAMS.resolve("bin/initdb")),
        "PostgreSQL 15 is not installed in " + PROGRAMS);
    servers =
        new Servers(
            folder,
            PostgresBinaries.installed(PROGRAMS),
            PostgresSettings.standard().without("max_active_replication_origins"));
  }

  @AfterAll
  static void stopServers() throws Exception {
    if (servers != null) {
      servers.stop();
    }
  }

  @Test
  void theOlderReleaseIsLookedOverLikeTheNewerOne() throws Exception {
    CheckedPair pair = new CheckedPair(servers, "Old \"1\" ä");
    pair.main(
        "CREATE SCHEMA \"Desk ß\"",
        "CREATE TYPE mood AS ENUM ('good', 'bad')",
        "CREATE DOMAIN small AS int CHECK (value < 9)",
        "CREATE FUNCTION f() RETURNS int LANGUAGE sql RETURN 1",
        "CREATE TABLE \"Desk ß\".\"As\"\"sets\"(id serial PRIMARY KEY, m mood, s small,"
            + " l int GENERATED ALWAYS AS (1) STORED, UNIQUE NULLS NOT DISTINCT (s))",
        "CREATE TABLE log(at date NOT NULL) PARTITION BY RANGE (at)",
        "CREATE TABLE log_1 PARTITION OF log FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')",
        "CREATE VIEW v AS SELECT id FROM \"Desk ß\".\"As\"\"sets\"",
        "CREATE PUBLICATION others FOR TABLES IN SCHEMA \"Desk ß\"",
        "SELECT pg_create_logical_replication_slot('forgotten', 'pgoutput')");
    pair.found(BLOCKER, MAIN, "replica-identity", "public.log_1");
    pair.found(WARNING, MAIN, "slot", "forgotten");
    pair.found(BLOCKER, BACKUP, "schema", "\"Desk ß\".\"As\"\"sets\"");
    assertThat(pair.cureAll()).allMatch(f -> f.level() == NOTE);

    pair.main("ALTER TABLE \"Desk ß\".\"As\"\"sets\" ADD COLUMN \"New\" text NOT NULL DEFAULT 'x'");
    pair.cured(BLOCKER, BACKUP, "schema", "\"Desk ß\".\"As\"\"sets\"");
    servers.x.sql("postgres", "ALTER ROLE copier PASSWORD 'another'");
    pair.found(BLOCKER, BACKUP, "reach", "");
    servers.x.sql("postgres", "ALTER ROLE copier PASSWORD 'co''pier'");

    pair.server(MAIN).publish();
    pair.server(BACKUP).subscribe(pair.connection(MAIN), 1);
    Newsroom.await("the copy", () -> pair.server(BACKUP).initialSync().complete());
    pair.server(BACKUP).unsubscribe();
    pair.server(MAIN).unpublish();
  }

  @Test
  void anOlderBackupOfANewerMainIsNamedAndTheirDefinitionsAreAlike() throws Exception {
    Path newer = folder.resolve("newer");
    Servers.Node main = new Servers.Node(newer);
    try {
      Servers mixed = new Servers(main, servers.y);
      CheckedPair pair = new CheckedPair(mixed, "Mixed");
      pair.both(
          "CREATE TABLE t(id int PRIMARY KEY, v varchar(9) NOT NULL DEFAULT 'x' CHECK (v <> ''),"
              + " a text[] DEFAULT '{}', n numeric(9,2), at timestamptz DEFAULT now(),"
              + " o int REFERENCES t, g int GENERATED ALWAYS AS (id + 1) STORED)",
          "CREATE INDEX i ON t (lower(v)) WHERE n > 1",
          "CREATE VIEW seen AS SELECT t.id, t.v FROM t WHERE t.n > 1",
          "CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql RETURN a + 1");
      pair.found(WARNING, BACKUP, "version", "");
      assertThat(pair.check())
          .filteredOn(f -> !f.check().equals("version") && !f.check().equals("collation"))
          .as("what one release only says in other words is no difference")
          .allMatch(f -> f.level() == NOTE);
      assertThat(Preflight.blocked(pair.check())).isFalse();
    } finally {
      main.stop();
    }
  }
}
