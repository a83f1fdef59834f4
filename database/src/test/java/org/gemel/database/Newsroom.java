package org.gemel.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.gemel.postgres.PostgresServer;
import org.postgresql.ds.PGSimpleDataSource;

/** A pair of newsroom databases with clients' tables, one a side, and what tests do with them. */
final class Newsroom {
  static final Credentials EDITOR = new Credentials("editor", "editor's");
  static final List<String> TABLES =
      List.of("projects", "compositions", "assets", "\"Odd Names\".\"a \"\"table\"\"\"");

  /** One side. */
  final class Side {
    final Servers.Node node;
    final DatabaseServer database;
    final SplitDatabase split;

    Side(Servers.Node node) {
      this.node = node;
      this.database = new DatabaseServer(settings(node));
      this.split = new SplitDatabase(settings(node), ChangeLogLimits.standard());
    }

    void sql(String... commands) throws SQLException {
      node.sql(name, commands);
    }

    <T> List<T> list(String query, Session.Row<T> row) throws SQLException {
      try (Session session = Session.administrator(settings(node))) {
        session.command("SET search_path = public");
        return session.list(query, row);
      }
    }

    /** For tests of what older releases cannot do. */
    void assumeRelease(long least, String because) throws SQLException {
      long release = number("SELECT current_setting('server_version_num')::int / 10000");
      assumeTrue(release >= least, release + " is older than " + least + ", which " + because);
    }

    long number(String query) throws SQLException {
      return list(query, row -> row.getLong(1)).getFirst();
    }

    /** Where these rows lie, and which transaction wrote them: a copied row has another place. */
    List<String> places(int lastId) throws Exception {
      return list(
          "SELECT id || ' ' || ctid || ' ' || xmin FROM assets WHERE id <= "
              + lastId
              + " ORDER BY id",
          row -> row.getString(1));
    }

    /** Order-independent, and twice the same row counts twice. */
    Map<String, String> checksums() throws SQLException {
      Map<String, String> sums = new TreeMap<>();
      for (String table : TABLES) {
        String from = table.startsWith("\"") ? table : "public." + table;
        sums.put(
            table,
            list(
                    "SELECT count(*) || ' ' || coalesce(sum(hashtextextended(t::text, 0)::numeric),"
                        + " 0) FROM "
                        + from
                        + " t",
                    row -> row.getString(1))
                .getFirst());
      }
      return sums;
    }

    Connection client() throws SQLException {
      PGSimpleDataSource source = new PGSimpleDataSource();
      source.setServerNames(new String[] {"127.0.0.1"});
      source.setPortNumbers(new int[] {node.server.port()});
      source.setDatabaseName(name);
      source.setUser(EDITOR.user());
      source.setPassword(EDITOR.password());
      source.setConnectTimeout(5);
      source.setSocketTimeout(20);
      return source.getConnection();
    }

    /** A client writes one asset and gets its id. */
    long writeAsset(String title) throws SQLException {
      try (Connection connection = client();
          Statement statement = connection.createStatement();
          ResultSet result =
              statement.executeQuery(
                  "INSERT INTO assets(project, title) VALUES (1, '" + title + "') RETURNING id")) {
        assertThat(result.next()).isTrue();
        return result.getLong(1);
      }
    }

    MainConnection asMain() {
      return new MainConnection(settings(node).address(), settings(node).replication());
    }

    DatabaseStatus.Online online() {
      assertThat(database.status()).isInstanceOf(DatabaseStatus.Online.class);
      return (DatabaseStatus.Online) database.status();
    }
  }

  final String name;
  private final List<String> leftOut;
  final Side x;
  final Side y;

  Newsroom(Servers servers, String name) throws Exception {
    this(servers, name, List.of());
  }

  Newsroom(Servers servers, String name, List<String> leftOut) throws Exception {
    this.name = name;
    this.leftOut = leftOut;
    x = new Side(servers.x);
    y = new Side(servers.y);
    for (Side side : List.of(x, y)) {
      side.node.sql(
          "postgres",
          """
          DO $$ BEGIN CREATE ROLE editor LOGIN PASSWORD 'editor''s';
          EXCEPTION WHEN duplicate_object THEN NULL; END $$""",
          "CREATE DATABASE " + Sql.identifier(name));
      side.sql(
          "CREATE TABLE projects(id int PRIMARY KEY, name text NOT NULL)",
          "CREATE TABLE compositions(id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
              + " project int NOT NULL REFERENCES projects, name text)",
          "CREATE TABLE assets(id bigserial PRIMARY KEY, project int NOT NULL REFERENCES projects,"
              + " title text NOT NULL, length numeric GENERATED ALWAYS AS (length(title)) STORED)",
          "CREATE SCHEMA \"Odd Names\"",
          "CREATE TABLE \"Odd Names\".\"a \"\"table\"\"\"(\"the 'key'\" text PRIMARY KEY, v bytea)",
          "GRANT ALL ON ALL TABLES IN SCHEMA public TO editor",
          "GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO editor");
    }
  }

  /** As new: X main with rows, Y backup with stale ones. */
  void fill(int assets) throws Exception {
    reset();
    x.sql(
        "INSERT INTO projects SELECT n, 'project ' || n FROM generate_series(1, 10) n",
        "INSERT INTO assets(project, title) SELECT n % 10 + 1, 'title ' || n FROM generate_series(1, "
            + assets
            + ") n",
        "INSERT INTO \"Odd Names\".\"a \"\"table\"\"\" VALUES ('Käse 🧀', '\\x0001')");
    y.sql(
        "INSERT INTO projects VALUES (1, 'stale'), (77, 'only here')",
        "INSERT INTO assets(project, title) SELECT 77, 'stale ' || n FROM generate_series(1, 50) n");
    x.database.openAsMain(1);
    y.database.markBackup(1);
  }

  void startReplication(Side from, Side to, long epoch) throws Exception {
    from.database.publish();
    to.database.subscribe(from.asMain(), epoch);
    to.database.copy(CopyPace.standard(), _ -> {});
    await("the first copy", () -> to.database.initialSync().complete());
  }

  /** Everything committed on one side by now is on the other. */
  void awaitConfirmed(Side from) throws Exception {
    WalPosition position = from.database.position();
    try {
      await(
          "confirmation of " + position,
          () -> from.database.confirmed(position) instanceof Confirmation.Reached);
    } catch (AssertionError late) {
      throw new AssertionError(from.database.confirmed(position).toString(), late);
    }
  }

  private void reset() throws Exception {
    y.database.unsubscribe();
    x.database.unsubscribe();
    for (Side side : List.of(x, y)) {
      side.database.unpublish();
      side.database.hold(Duration.ZERO);
      side.sql(
          "DROP SCHEMA IF EXISTS gemel CASCADE",
          "TRUNCATE " + String.join(", ", TABLES) + " RESTART IDENTITY");
    }
  }

  static void await(String what, Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + 40_000_000_000L;
    while (!condition.call()) {
      assertThat(System.nanoTime()).as("in time: " + what).isLessThan(deadline);
      Thread.sleep(20); // between two looks at the condition, never instead of one
    }
  }

  DatabaseSettings settings(Servers.Node node) {
    return new DatabaseSettings(
        "Newsroom " + name,
        new DatabaseAddress("127.0.0.1", node.server.port(), name),
        new Credentials(PostgresServer.ADMINISTRATOR, Servers.PASSWORD),
        new Credentials("gemel_replication", "re'pl\\ication"),
        List.of("editor"),
        List.of(),
        Optional.of("public.assets"),
        leftOut);
  }
}
