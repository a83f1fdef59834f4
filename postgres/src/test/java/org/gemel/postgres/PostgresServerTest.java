package org.gemel.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NullUnmarked // fields are set before each test, not by a constructor
final class PostgresServerTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Path CACHE = Path.of("target", "postgres-cache");

  @TempDir Path folder;
  private PostgresServer server;

  @AfterEach
  void stopServer() throws Exception {
    if (server != null) {
      server.stop(PATIENCE);
    }
  }

  @Test
  void twoWhoUnpackAtOnceGetTheSameWholeFolder() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<PostgresBinaries> unpack = () -> PostgresBinaries.unpack(folder);
      List<Future<PostgresBinaries>> both = threads.invokeAll(List.of(unpack, unpack));
      assertThat(both.getFirst().get().program("postgres")).isExecutable();
      assertThat(both.get(1).get().program("postgres"))
          .isEqualTo(both.getFirst().get().program("postgres"));
    }
    try (var left = Files.list(folder)) {
      assertThat(left.map(p -> p.getFileName().toString()))
          .noneMatch(name -> name.endsWith(".unpacking"));
    }
  }

  @Test
  void whatAKilledUnpackerLeftIsReplaced() throws Exception {
    PostgresBinaries first = PostgresBinaries.unpack(CACHE);
    String name = first.program("x").getParent().getParent().getFileName().toString();
    Path half = Files.createDirectories(folder.resolve(name + ".unpacking").resolve("bin"));
    Files.writeString(half.resolve("postgres"), "half");
    assertThat(Files.size(PostgresBinaries.unpack(folder).program("postgres")))
        .isEqualTo(Files.size(first.program("postgres")));
  }

  @Test
  void anotherSystemIsRefusedInWords() {
    assertThatThrownBy(() -> PostgresBinaries.requireSystem("Linux", "riscv64"))
        .isInstanceOf(PostgresFailure.class)
        .hasMessageContaining("riscv64");
  }

  @Test
  void aServerIsMadeStartedAndKeepsItsDataOverAStop() throws Exception {
    long begun = System.nanoTime();
    server = create();
    long made = System.nanoTime();
    Process process = start();
    long ready = System.nanoTime();
    System.out.printf(
        "made in %d ms, ready in %d ms%n", (made - begun) / 1_000_000, (ready - made) / 1_000_000);
    try (Connection connection = server.connect("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE kept(id int)");
    }
    assertThat(setting("fsync")).isEqualTo("on");
    assertThat(setting("synchronous_commit")).isEqualTo("on");
    assertThat(setting("wal_level")).isEqualTo("logical");
    assertThat(setting("server_encoding")).isEqualTo("UTF8");
    assertThat(setting("listen_addresses")).isEqualTo("127.0.0.1");

    server.stop(PATIENCE);
    assertThat(process.waitFor()).isZero();
    assertThat(server.isAlive()).isFalse();

    server = create(); // again on the same folder, as after a restart of the demo
    start();
    try (Connection connection = server.connect("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute("INSERT INTO kept VALUES (1)");
    }
  }

  @Test
  void endingTheProcessStartedEndsTheServer() throws Exception {
    server = create();
    Process process = start();
    assertThat(server.process()).map(ProcessHandle::pid).contains(process.pid());
    process.destroyForcibly().waitFor();
    // The children notice that their parent has died and go too.
    awaitNoProcess();
    start();
    assertThat(setting("fsync")).isEqualTo("on");
  }

  @Test
  void aServerLeftOverByAKilledSupervisorIsFoundAndStopped() throws Exception {
    server = create();
    Process process = start();
    PostgresServer foundAgain = create();
    assertThat(foundAgain.isAlive()).isTrue();
    foundAgain.stop(PATIENCE);
    assertThat(process.waitFor()).isZero();
    foundAgain.stop(PATIENCE); // and again, with nothing to stop
  }

  @Test
  void aHalfMadeDataFolderIsMadeAgain() throws Exception {
    Files.createDirectories(folder.resolve("data.making").resolve("base"));
    Files.createDirectories(folder.resolve("data"));
    server = create();
    start();
    assertThat(folder.resolve("data.making")).doesNotExist();
  }

  @Test
  void theWrongPasswordIsRefused() throws Exception {
    server = create();
    start();
    PostgresServer wrong =
        PostgresServer.create(
            PostgresBinaries.unpack(CACHE),
            server.dataFolder(),
            server.port(),
            "another",
            PostgresSettings.standard());
    assertThatThrownBy(() -> wrong.connect("postgres"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("password authentication failed");
  }

  private PostgresServer create() throws Exception {
    return PostgresServer.create(
        PostgresBinaries.unpack(CACHE),
        folder.resolve("data"),
        server == null ? freePort() : server.port(),
        "it's a \\ secret",
        PostgresSettings.standard());
  }

  private Process start() throws Exception {
    Process process =
        server
            .command()
            .processBuilder()
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("server.log").toFile()))
            .start();
    server.awaitReady(PATIENCE);
    return process;
  }

  private String setting(String name) throws SQLException {
    try (Connection connection = server.connect("postgres");
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SHOW " + name)) {
      assertThat(result.next()).isTrue();
      return result.getString(1);
    }
  }

  private void awaitNoProcess() throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (server.isAlive()) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
