package org.gemel.bench.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gemel.bench.process.Fresh;
import org.gemel.bench.process.Launch;
import org.gemel.bench.process.PrivateFile;
import org.gemel.bench.process.Timed;

/** A server of this run, with the settings that all servers of a work have. */
public final class PostgresServer implements AutoCloseable {
  public static final String ADMINISTRATOR = "postgres";

  private final Path folder;
  private final Access administrator;

  private PostgresServer(Path folder, Access administrator) {
    this.folder = folder;
    this.administrator = administrator;
  }

  /** Settings that decide how fast a server is; the same for every contestant. */
  static Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("wal_level", "logical");
    settings.put("shared_buffers", "128MB");
    settings.put("max_wal_size", "4GB");
    settings.put("max_replication_slots", "16");
    settings.put("max_wal_senders", "16");
    settings.put("max_worker_processes", "20");
    settings.put("max_logical_replication_workers", "12");
    settings.put("max_sync_workers_per_subscription", "4");
    settings.put("wal_retrieve_retry_interval", "500ms");
    settings.put("password_encryption", "scram-sha-256");
    return settings;
  }

  /** Makes a server in a new folder and starts it. */
  public static PostgresServer start(Path folder, Timed timed, Path scratch)
      throws IOException, InterruptedException {
    String password = Fresh.secret();
    Path secret = PrivateFile.write(scratch.resolve(folder.getFileName() + ".password"), password);
    timed.require(
        Launch.of(
            Programs.line(
                "initdb",
                "-D",
                folder.toString(),
                "-U",
                ADMINISTRATOR,
                "-A",
                "scram-sha-256",
                "--pwfile=" + secret,
                "-E",
                "UTF8",
                "--locale=C.UTF-8",
                "--no-sync")));
    int port = Fresh.port();
    Map<String, String> configuration = settings();
    configuration.put("port", Integer.toString(port));
    configuration.put("listen_addresses", "127.0.0.1");
    configuration.put("unix_socket_directories", "");
    Files.write(
        folder.resolve("postgresql.conf"),
        configuration.entrySet().stream()
            .map(each -> each.getKey() + " = '" + each.getValue() + "'")
            .toList(),
        StandardOpenOption.APPEND);
    PostgresServer server =
        new PostgresServer(folder, new Access(port, "postgres", ADMINISTRATOR, password));
    timed.require(Launch.of(server.startLine()));
    return server;
  }

  /** The command that starts it, and returns when it answers. */
  List<String> startLine() {
    String log = folder.resolveSibling(folder.getFileName() + ".log").toString();
    return Programs.line("pg_ctl", "-D", folder.toString(), "-s", "-w", "-l", log, "start");
  }

  /** The command that stops it: sessions are ended, nothing is lost. */
  List<String> stopLine() {
    return Programs.line("pg_ctl", "-D", folder.toString(), "-s", "-w", "-m", "fast", "stop");
  }

  static boolean answers(Access access) {
    try {
      return access.number("SELECT 1") == 1;
    } catch (SQLException notYet) {
      return false;
    }
  }

  /** The administrator's way into a database. */
  public Access administrator(String database) {
    return administrator.to(database);
  }

  public int port() {
    return administrator.port();
  }

  Path folder() {
    return folder;
  }

  @Override
  public void close() {
    try {
      new ProcessBuilder(stopLine())
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
