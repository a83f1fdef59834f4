package org.gemel.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.gemel.database.preflight.Place.BACKUP;
import static org.gemel.database.preflight.Place.MAIN;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.gemel.database.preflight.Level;
import org.gemel.database.preflight.Parity;
import org.gemel.database.preflight.PreflightFinding;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A start gives the backup main's definitions by itself, or leaves everything as it was. */
@NullUnmarked // fields are set before each test, not by a constructor
@Tag("M-40")
final class ParityTest {
  private static final String[] WHOLE = {
    "CREATE SCHEMA \"Größe & 'so'\"",
    "CREATE EXTENSION pgcrypto SCHEMA \"Größe & 'so'\"",
    "CREATE TYPE mood AS ENUM ('calm', 'it''s wild')",
    "CREATE DOMAIN \"Größe & 'so'\".positive AS int CHECK (VALUE > 0)",
    "CREATE TYPE pair AS (a int, b text)",
    "CREATE SEQUENCE numbers INCREMENT BY 5 START WITH 100",
    "CREATE FUNCTION twice(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1 * 2'",
    """
    CREATE TABLE "Größe & 'so'"."A ""Table"" 🧀" (
      "Id" bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      number int DEFAULT nextval('numbers'), mood mood NOT NULL DEFAULT 'calm',
      moods mood[] DEFAULT '{calm}', grid int[][], doc jsonb DEFAULT '{"a": [1]}',
      size "Größe & 'so'".positive, pair pair, bytes bytea, part numeric(8,3),
      doubled int GENERATED ALWAYS AS (twice("Id"::int)) STORED,
      EXCLUDE USING gist (int4range(number, number, '[]') WITH &&),
      CONSTRAINT "not that" CHECK (number <> 13), UNIQUE (number, mood))""",
    """
    CREATE TABLE lines(id serial PRIMARY KEY, parent bigint
      REFERENCES "Größe & 'so'"."A ""Table"" 🧀" ON DELETE CASCADE, other int REFERENCES lines,
      body text COLLATE "C", at timestamptz DEFAULT now())""",
    "CREATE INDEX \"Lines' words\" ON lines (lower(body)) WHERE body <> ''",
    "CREATE TABLE log(at date NOT NULL, id int, v text, PRIMARY KEY (at, id)) PARTITION BY RANGE (at)",
    "CREATE TABLE log_old PARTITION OF log FOR VALUES FROM (MINVALUE) TO ('2020-01-01')",
    "CREATE TABLE log_new PARTITION OF log DEFAULT PARTITION BY LIST (id)",
    "CREATE TABLE log_new_1 PARTITION OF log_new DEFAULT",
    "CREATE INDEX ON log (v)",
    "CREATE TABLE loose(a int, b text)",
    "ALTER TABLE loose REPLICA IDENTITY FULL",
    "CREATE VIEW \"Both\" AS SELECT l.id, a.mood FROM lines l JOIN \"Größe & 'so'\".\"A \"\"Table\"\" 🧀\" a"
        + " ON a.\"Id\" = l.parent",
    "CREATE VIEW above AS SELECT id FROM \"Both\" WHERE mood = 'calm'",
    "CREATE MATERIALIZED VIEW counted AS SELECT count(*) FROM lines",
    "CREATE UNIQUE INDEX ON counted (count)",
    "CREATE TABLE fired(id serial PRIMARY KEY, line int)",
    "CREATE FUNCTION fire() RETURNS trigger LANGUAGE plpgsql AS"
        + " 'BEGIN INSERT INTO public.fired(line) VALUES (NEW.id); RETURN NEW; END'",
    "CREATE TRIGGER \"Fire!\" AFTER INSERT ON lines FOR EACH ROW EXECUTE FUNCTION fire()",
    "ALTER TABLE lines ENABLE ALWAYS TRIGGER \"Fire!\"",
    "CREATE UNLOGGED TABLE passing(id int PRIMARY KEY)",
    "CREATE TABLE \"Editor's\"(id int PRIMARY KEY, who text)",
    "ALTER TABLE \"Editor's\" OWNER TO editor",
    "ALTER TABLE \"Editor's\" ENABLE ROW LEVEL SECURITY",
    "CREATE POLICY \"own rows\" ON \"Editor's\" FOR SELECT TO editor USING (who = 'it''s me')",
    "CREATE RULE never AS ON DELETE TO lines DO INSTEAD NOTHING",
    "CREATE STATISTICS \"two of\" (dependencies) ON parent, other FROM lines",
    "COMMENT ON TABLE lines IS 'it''s \\ said'",
    "COMMENT ON COLUMN \"Größe & 'so'\".\"A \"\"Table\"\" 🧀\".\"Id\" IS 'its number'",
    "GRANT USAGE ON SCHEMA \"Größe & 'so'\" TO editor",
    "GRANT SELECT, INSERT ON lines TO editor",
    "GRANT SELECT ON above TO editor",
    "GRANT USAGE ON SEQUENCE lines_id_seq TO editor",
    "INSERT INTO \"Größe & 'so'\".\"A \"\"Table\"\" 🧀\"(number, moods, pair, size) VALUES (1,"
        + " '{\"it''s wild\"}', '(1,x)', 4)",
    "INSERT INTO lines(parent, body) VALUES (1, 'eins'), (1, 'zwei')",
    "INSERT INTO log VALUES ('2019-01-01', 1, 'old'), ('2024-01-01', 2, 'new')",
    "INSERT INTO loose VALUES (1, 'x'), (1, 'x')"
  };

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
    pair = new CheckedPair(servers, "parity " + ++number);
  }

  private String start(String drop) throws Exception {
    pair.server(MAIN).publish();
    String words = pair.server(BACKUP).subscribe(pair.connection(MAIN), 1, drop);
    finish();
    return words;
  }

  private void finish() throws Exception {
    pair.server(BACKUP).copy(CopyPace.standard(), _ -> {});
    Newsroom.await("the first copy", () -> pair.server(BACKUP).initialSync().complete());
    WalPosition position = pair.server(MAIN).position();
    Newsroom.await(
        "what main wrote",
        () -> pair.server(MAIN).confirmed(position) instanceof Confirmation.Reached);
  }

  private void stop() throws Exception {
    pair.server(BACKUP).unsubscribe();
    pair.server(MAIN).unpublish();
  }

  private Parity parity() throws Exception {
    return Parity.of(definitions(MAIN), definitions(BACKUP));
  }

  private org.gemel.database.preflight.Definitions definitions(
      org.gemel.database.preflight.Place place) throws Exception {
    try (Session session = Session.administrator(pair.settings(place))) {
      return DefinitionsReader.read(session, pair.settings(place));
    }
  }

  private String backup(String query) throws SQLException {
    try (Connection connection = servers.y.server.connect(pair.name);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      assertThat(result.next()).isTrue();
      return result.getString(1);
    }
  }

  @Test
  @Tag("M-11")
  void anEmptyBackupBecomesWhole() throws Exception {
    pair.main(WHOLE);
    assertThat(pair.blockers()).as("a start does it by itself").isEmpty();
    String words = start("");
    assertThat(words).contains("commands gave it main's definitions").doesNotContain("not made");
    assertThat(parity().isNothing()).as(parity().toString()).isTrue();
    assertThat(pair.blockers()).as("the way back as well").isEmpty();
    assertThat(
            pair.server(BACKUP).compare(pair.connection(MAIN), ComparisonPace.standard(), _ -> {}))
        .isNotEmpty()
        .allSatisfy(table -> assertThat(table.differing()).isZero());
    pair.main("INSERT INTO lines(body) VALUES ('drei')");
    Newsroom.await("it here", () -> backup("SELECT count(*) FROM lines").equals("3"));
    assertThat(backup("SELECT count(*) FROM fired")).as("fired on main only").isEqualTo("3");
    assertThat(backup("SELECT has_table_privilege('editor', 'above', 'SELECT')")).isEqualTo("t");
    assertThat(backup("SELECT pg_get_serial_sequence('lines', 'id')"))
        .isEqualTo("public.lines_id_seq");
    stop();
  }

  @Test
  void whatDiffersIsAlteredAndOldRowsStandInNoWay() throws Exception {
    pair.both(
        "CREATE TYPE mood AS ENUM ('calm')",
        "CREATE TABLE t(id int PRIMARY KEY, n text, mood mood, gone int)",
        "CREATE TABLE u(id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, t int REFERENCES t)",
        "CREATE VIEW v AS SELECT id FROM t",
        "CREATE VIEW shown AS SELECT n FROM t",
        "CREATE MATERIALIZED VIEW above AS SELECT n FROM shown",
        "CREATE INDEX ON above (n)",
        "GRANT SELECT ON shown, above TO editor",
        "INSERT INTO t VALUES (1, 'not a number')");
    pair.main(
        "DELETE FROM t",
        "ALTER TYPE mood ADD VALUE 'wild' BEFORE 'calm'",
        "DROP MATERIALIZED VIEW above",
        "DROP VIEW shown",
        "ALTER TABLE t ALTER n TYPE int USING n::int, ALTER n SET NOT NULL, ADD made int DEFAULT 7",
        "CREATE VIEW shown AS SELECT n FROM t",
        "CREATE MATERIALIZED VIEW above AS SELECT n FROM shown",
        "CREATE INDEX ON above (n)",
        "GRANT SELECT ON shown, above TO editor",
        "ALTER TABLE t ALTER mood SET DEFAULT 'wild', ADD CHECK (mood <> 'calm')",
        "CREATE OR REPLACE VIEW v AS SELECT id, made FROM t",
        "ALTER TABLE u RENAME TO w",
        "ALTER TABLE w DROP CONSTRAINT u_pkey, ADD PRIMARY KEY (id, t)",
        "INSERT INTO t VALUES (2, 5)");
    pair.backup("CREATE UNIQUE INDEX only_here ON t(n)", "CREATE INDEX kept ON t(gone)");
    pair.backup("ALTER TABLE t ADD own text");
    assertThatThrownBy(() -> start(""))
        .isInstanceOf(DatabaseFailure.class)
        .hasMessageContaining("DROP TABLE public.u")
        .hasMessageContaining("DROP INDEX public.only_here")
        .hasMessageContaining("--drop " + parity().hash());
    assertThatThrownBy(() -> start("12345678")).hasMessageContaining("another list approved");
    assertThat(backup("SELECT n FROM t")).as("untouched").isEqualTo("not a number");
    String approved = parity().hash();
    assertThat(start(approved)).contains("DROP TABLE public.u");
    assertThat(parity().isNothing()).as(parity().toString()).isTrue();
    assertThat(backup("SELECT mood::text || made FROM t")).isEqualTo("wild7");
    assertThat(start(approved)).as("again, with nothing left to drop").contains("already");
    stop();
  }

  @Test
  void whatStandsInNoWayIsLeftUnlessItsEndIsApproved() throws Exception {
    pair.both("CREATE TABLE t(id int PRIMARY KEY, v text)");
    pair.backup("CREATE INDEX reports ON t(v)");
    start("");
    assertThat(backup("SELECT to_regclass('reports')")).isEqualTo("reports");
    start(parity().hash());
    assertThat(parity().drops()).isEmpty();
    stop();
  }

  @Test
  void whatCannotBeAlteredRefusesAndABackupThatFollowsGoesOn() throws Exception {
    pair.both(
        "CREATE TABLE t(id int PRIMARY KEY, v text)",
        "CREATE TABLE part(id int PRIMARY KEY, v text)");
    pair.main("INSERT INTO t VALUES (1, 'a')");
    start("");
    // A view that only the backup has holds the column; main's other form of it is not known
    // before.
    pair.backup("CREATE VIEW mine AS SELECT v FROM t");
    pair.main("ALTER TABLE t ALTER v TYPE varchar(9)");
    pair.server(MAIN).publish();
    assertThatThrownBy(() -> start(""))
        .isInstanceOf(DatabaseFailure.class)
        .hasMessageContaining("cannot be altered")
        .hasMessageContaining("view public.mine")
        .hasMessageContaining("nothing was changed");
    assertThat(backup("SELECT v FROM t")).isEqualTo("a");
    pair.main("INSERT INTO t VALUES (2, 'b')");
    Newsroom.await("it follows on", () -> backup("SELECT count(*) FROM t").equals("2"));
    assertThat(pair.server(BACKUP).initialSync().complete()).isTrue();
    pair.backup("DROP VIEW mine");
    pair.main("DROP TABLE part", "CREATE TABLE part(id int PRIMARY KEY) PARTITION BY HASH (id)");
    assertThatThrownBy(() -> start("")).hasMessageContaining("only a person");
    assertThat(backup("SELECT count(*) FROM t")).isEqualTo("2");
    pair.backup("DROP TABLE part");
    start("");
    assertThat(parity().isNothing()).isTrue();
    stop();
  }

  @Test
  void whatIsWrittenThroughARefusedStartArrivesOnce() throws Exception {
    pair.both(
        "CREATE TABLE t(id int PRIMARY KEY, v text)",
        "CREATE TABLE loose(id int)",
        "ALTER TABLE loose REPLICA IDENTITY FULL");
    start("");
    pair.backup("CREATE VIEW mine AS SELECT v FROM t");
    pair.main("ALTER TABLE t ALTER v TYPE varchar(9)");
    pair.server(MAIN).publish();
    AtomicBoolean ended = new AtomicBoolean();
    FutureTask<Integer> writer =
        new FutureTask<>(
            () -> {
              int written = 0;
              while (!ended.get()) {
                pair.main("INSERT INTO loose VALUES (" + ++written + ")");
              }
              return written;
            });
    Thread thread = Thread.startVirtualThread(writer);
    Newsroom.await("rows", () -> !backup("SELECT count(*) FROM loose").equals("0"));
    try {
      assertThatThrownBy(() -> start("")).hasMessageContaining("cannot be altered");
    } finally {
      ended.set(true);
      thread.join();
    }
    pair.main("INSERT INTO loose VALUES (-1)");
    Newsroom.await(
        "it follows on", () -> backup("SELECT count(*) FROM loose WHERE id < 0").equals("1"));
    assertThat(backup("SELECT count(*) || ' ' || count(DISTINCT id) FROM loose WHERE id > 0"))
        .isEqualTo(writer.get() + " " + writer.get());
    pair.backup("DROP VIEW mine");
    start("");
    stop();
  }

  @Test
  void whatGuardsOnMainGuardsHereAndNothingGetsMoreRights() throws Exception {
    pair.leftOut = List.of("public.aside");
    pair.leftOutOnY = pair.leftOut;
    pair.both("CREATE TABLE aside(id int)");
    pair.main(
        "CREATE ROLE only_on_main",
        "CREATE FUNCTION who() RETURNS text LANGUAGE sql SECURITY DEFINER"
            + " AS 'SELECT current_user::text; '",
        "ALTER FUNCTION who() OWNER TO editor",
        "REVOKE EXECUTE ON FUNCTION who() FROM PUBLIC",
        "CREATE FUNCTION alien() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'",
        "ALTER FUNCTION alien() OWNER TO only_on_main",
        "CREATE TABLE t(id int PRIMARY KEY, u int NOT NULL UNIQUE, old int, late int)",
        "INSERT INTO t VALUES (1, 1, -1)",
        "ALTER TABLE t ADD CONSTRAINT c CHECK (old > 0) NOT VALID",
        "DO $$ BEGIN IF current_setting('server_version_num')::int >= 180000 THEN"
            + " EXECUTE 'ALTER TABLE t ADD CONSTRAINT n NOT NULL late NOT VALID'; END IF; END $$",
        "ALTER TABLE t REPLICA IDENTITY USING INDEX t_u_key",
        "CREATE VIEW v WITH (security_barrier) AS SELECT id FROM t",
        "CREATE FUNCTION fire() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
        "CREATE TRIGGER r BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION fire()",
        "ALTER TABLE t ENABLE REPLICA TRIGGER r",
        "ALTER TABLE aside ENABLE ROW LEVEL SECURITY",
        "COMMENT ON TABLE aside IS 'of main'");
    assertThat(start("")).contains("not made").contains("only_on_main");
    assertThat(backup("SELECT proowner::regrole FROM pg_proc WHERE proname = 'who'"))
        .isEqualTo("editor");
    assertThat(backup("SELECT has_function_privilege('copier', 'who()', 'EXECUTE')"))
        .isEqualTo("f");
    assertThat(backup("SELECT to_regproc('alien')")).isNull();
    assertThat(backup("SELECT count(*) FROM pg_constraint WHERE conname = 'c'")).isEqualTo("0");
    assertThat(backup("SELECT reloptions::text FROM pg_class WHERE relname = 'v'"))
        .contains("security_barrier");
    assertThat(backup("SELECT tgenabled FROM pg_trigger WHERE tgname = 'r'")).isEqualTo("D");
    assertThat(
            backup(
                "SELECT relrowsecurity || coalesce(obj_description(oid), '') FROM pg_class"
                    + " WHERE relname = 'aside'"))
        .isEqualTo("false");
    pair.main("UPDATE t SET old = 2, late = 1");
    Newsroom.await("the UPDATE here", () -> backup("SELECT old FROM t").equals("2"));
    stop();
  }

  @Test
  void cutOffHalfWayNothingIsAlteredAndTheNextStartDoesIt() throws Exception {
    pair.both("CREATE TABLE t(id int PRIMARY KEY, v text)");
    pair.backup("INSERT INTO t VALUES (9, 'old')");
    pair.main("CREATE TABLE a(id int PRIMARY KEY)", "CREATE TABLE b(id int PRIMARY KEY)");
    pair.main("INSERT INTO a VALUES (1)");
    pair.server(MAIN).publish();
    // What it empties last: it waits there, with tables made, until its session is ended.
    try (Connection holder = servers.y.server.connect(pair.name);
        Statement statement = holder.createStatement()) {
      holder.setAutoCommit(false);
      statement.execute("LOCK TABLE gemel.canary IN ACCESS SHARE MODE");
      Thread killer =
          Thread.startVirtualThread(
              () -> {
                try {
                  Newsroom.await(
                      "the start waiting for the lock",
                      () ->
                          backup(
                                  "SELECT coalesce(bool_or(pg_terminate_backend(pid)), false) FROM"
                                      + " pg_stat_activity WHERE wait_event_type = 'Lock' AND"
                                      + " datname = current_database()")
                              .equals("t"));
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                }
              });
      assertThatThrownBy(() -> pair.server(BACKUP).subscribe(pair.connection(MAIN), 1, ""))
          .isInstanceOf(DatabaseFailure.class);
      killer.join();
      holder.rollback();
    }
    assertThat(backup("SELECT v FROM t")).isEqualTo("old");
    assertThat(backup("SELECT to_regclass('a')")).isNull();
    assertThat(start("")).contains("CREATE TABLE public.a");
    // Cut off after it, before any row came: the next one goes on.
    pair.server(BACKUP).subscribe(pair.connection(MAIN), 1, "");
    finish();
    assertThat(backup("SELECT count(*) FROM a")).isEqualTo("1");
    stop();
  }

  @Test
  void aCheckSaysWhatAStartDoesByItself() throws Exception {
    pair.main("CREATE TABLE made(id int PRIMARY KEY)");
    PreflightFinding finding = pair.found(Level.WARNING, BACKUP, "schema", "public.made");
    assertThat(finding.cure()).contains("a start does it by itself");
    assertThat(finding.commands()).isNotEmpty();
    pair.backup("CREATE TABLE only_here(id int PRIMARY KEY)");
    assertThat(pair.found(Level.BLOCKER, BACKUP, "schema", "public.only_here").cure())
        .contains("--drop");
    assertThat(List.of(parity().drops().getFirst().command()))
        .containsExactly("DROP TABLE public.only_here");
  }
}
