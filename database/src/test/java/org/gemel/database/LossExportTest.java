package org.gemel.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gemel.postgres.PostgresServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was exported before it was overwritten is brought back by psql itself. */
@Tag("B-11")
class LossExportTest {
  private static final Path PSQL = Path.of("/usr/bin/psql");

  @TempDir private static Path folder;
  private static Servers.Node server;

  @BeforeAll
  static void startServer() throws Exception {
    server = new Servers.Node(folder.resolve("server"));
    server.sql(
        "postgres",
        "CREATE TABLE codes(id int PRIMARY KEY, code text UNIQUE, note text)",
        "CREATE TABLE uses(id int PRIMARY KEY, code int REFERENCES codes ON DELETE CASCADE)",
        "INSERT INTO codes VALUES (1, 'a', 'it''s \\ one'), (2, 'b', NULL), (3, 'c', 'three')",
        "INSERT INTO uses VALUES (1, 1), (2, 2)");
  }

  @AfterAll
  static void stopServer() throws Exception {
    server.stop();
  }

  private static List<Optional<String>> row(String id, String code, String note) {
    return List.of(Optional.of(code), Optional.of(id), Optional.ofNullable(note)); // by name
  }

  private static int psql(Path file) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            PSQL.toString(), "-X", "-q", "-h", "127.0.0.1", "-f", file.toString(), "postgres");
    builder.environment().put("PGPORT", Integer.toString(server.server.port()));
    builder.environment().put("PGUSER", PostgresServer.ADMINISTRATOR);
    builder.environment().put("PGPASSWORD", Servers.PASSWORD);
    return builder.inheritIO().start().waitFor();
  }

  private static List<String> rows(String query) throws Exception {
    List<String> rows = new ArrayList<>();
    try (Connection connection = server.server.connect("postgres");
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(query)) {
      while (found.next()) {
        rows.add(found.getString(1));
      }
    }
    return rows;
  }

  @Test
  void rowsThatSwappedAUniqueValueComeBackAtOneGoOrNotAtAll() throws Exception {
    assumeTrue(Files.isExecutable(PSQL), "there is no psql here");
    Path export = folder.resolve("export");
    DatabaseSettings settings =
        new DatabaseSettings(
            "Exported",
            new DatabaseAddress("127.0.0.1", server.server.port(), "postgres"),
            new Credentials(PostgresServer.ADMINISTRATOR, Servers.PASSWORD),
            new Credentials("reader", "nothing"),
            List.of("nobody"),
            List.of(),
            Optional.empty(),
            List.of());
    Instant now = Instant.EPOCH;
    try (Session session = Session.administrator(settings);
        LossExport files = new LossExport(export)) {
      Map<String, SplitTable> tables = SplitTable.read(session);
      SplitTable codes = tables.get("public.codes");
      assertThat(codes.unique()).isTrue();
      assertThat(tables.get("public.uses").unique()).isFalse();
      files.row(
          codes,
          new SplitRow(row("1", "b", "it's \\ one"), row("1", "a", "it's \\ one"), now, now));
      files.row(codes, new SplitRow(row("2", "a", null), row("2", "b", null), now, now));
      files.row(codes, new SplitRow(row("4", "c", "new"), null, now, now)); // 3 held that value
      files.row(codes, new SplitRow(null, row("3", "c", "three"), now, now));
      files.finished();
    }
    Path half = folder.resolve("half");
    try (Session session = Session.administrator(settings);
        LossExport files = new LossExport(half)) {
      SplitTable codes = SplitTable.read(session).get("public.codes");
      files.row(codes, new SplitRow(null, row("2", "b", null), now, now));
    }
    assertThat(half.resolve("001-public.codes.sql")).content().endsWith("ROLLBACK;\n");
    Path sql = export.resolve("001-public.codes.sql");
    assertThat(export)
        .isDirectoryContaining("glob:**.csv")
        .isDirectoryNotContaining("glob:**.rest");
    assertThat(psql(sql)).isZero();
    assertThat(rows("SELECT id || code || coalesce(note, '-') FROM codes ORDER BY id"))
        .containsExactly("1bit's \\ one", "2a-", "4cnew");
    assertThat(rows("SELECT id FROM uses ORDER BY id")).as("referred to").containsExactly("1", "2");
    assertThat(psql(sql)).as("they are there already").isEqualTo(3);
    assertThat(rows("SELECT id || code FROM codes ORDER BY id")).containsExactly("1b", "2a", "4c");
  }
}
