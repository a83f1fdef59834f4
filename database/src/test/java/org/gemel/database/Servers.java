package org.gemel.database;

import java.io.IOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.gemel.postgres.PostgresBinaries;
import org.gemel.postgres.PostgresServer;
import org.gemel.postgres.PostgresSettings;

/** Two real PostgreSQL servers, X and Y, for a whole test class. */
final class Servers {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  // One folder for all tests of this module, so that it is unpacked once.
  private static final Path CACHE = Path.of("target", "postgres-cache");
  private static final Path RELEASES = Path.of("target", "postgres-releases");
  private static final int NEWEST = 18;
  static final String PASSWORD = "it's a \\ \"secret\"";

  final Node x;
  final Node y;

  /** Of the newest release, or of those that {@code gemel.test.x} and {@code .y} name. */
  Servers(Path folder) throws Exception {
    x = ofRelease(Integer.getInteger("gemel.test.x", NEWEST), folder.resolve("x"));
    y = ofRelease(Integer.getInteger("gemel.test.y", NEWEST), folder.resolve("y"));
  }

  /** Both of another release, which is installed on this machine. */
  Servers(Path folder, PostgresBinaries installed, PostgresSettings settings) throws Exception {
    x = new Node(folder.resolve("x"), installed, settings);
    y = new Node(folder.resolve("y"), installed, settings);
  }

  /** Of two releases. */
  Servers(Node x, Node y) {
    this.x = x;
    this.y = y;
  }

  void stop() throws Exception {
    x.server.stop(PATIENCE);
    y.server.stop(PATIENCE);
  }

  /** One server of any release that Gemel promises to work with. */
  static Node ofRelease(int release, Path folder) throws Exception {
    if (release == NEWEST) {
      return new Node(folder);
    }
    return new Node(
        folder,
        PostgresBinaries.unpack(CACHE, RELEASES.resolve(release + ".jar")),
        PostgresSettings.standard().without("max_active_replication_origins"));
  }

  /** One server. */
  static final class Node {
    final PostgresServer server;
    private final Path log;

    Node(Path folder) throws Exception {
      this(folder, PostgresBinaries.unpack(CACHE), PostgresSettings.standard());
    }

    Node(Path folder, PostgresBinaries binaries, PostgresSettings settings) throws Exception {
      log = folder.resolveSibling(folder.getFileName() + ".log");
      server =
          PostgresServer.create(
              binaries,
              folder,
              freePort(),
              PASSWORD,
              settings.with("max_prepared_transactions", "4"));
      start();
    }

    void start() throws Exception {
      server.stop(PATIENCE);
      server
          .command()
          .processBuilder()
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
          .start();
      server.awaitReady(PATIENCE);
    }

    /** As a power cut would: the server itself and with it all its children. */
    void crash() throws Exception {
      server.process().orElseThrow().destroyForcibly();
      while (server.isAlive()) {
        Thread.onSpinWait();
      }
    }

    void stop() throws Exception {
      server.stop(PATIENCE);
    }

    Path log() {
      return log;
    }

    void sql(String database, String... commands) throws SQLException {
      try (Connection connection = server.connect(database);
          Statement statement = connection.createStatement()) {
        statement.setEscapeProcessing(false);
        for (String command : commands) {
          statement.execute(command);
        }
      }
    }
  }

  /**
   * Not one of those that the kernel gives to clients: while a server is down, one of its own
   * clients that tries to reach it could be given its port, and it would not come back.
   */
  private static int freePort() throws IOException {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(10_000, 32_000);
      try (ServerSocket socket = new ServerSocket(port)) {
        return socket.getLocalPort();
      } catch (BindException taken) {
        // then another one
      }
    }
  }
}
