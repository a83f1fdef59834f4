package org.gemel.bench.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gemel.bench.process.Fresh;
import org.gemel.bench.process.Launch;
import org.gemel.bench.process.PrivateFile;
import org.gemel.bench.process.Running;
import org.gemel.bench.process.Timed;

/** A server of this run, with the settings that all servers of a work have. */
public final class PostgresServer implements AutoCloseable {
  public static final String ADMINISTRATOR = "postgres";
  private static final Duration START = Duration.ofSeconds(60);

  private final Path folder;
  private final Access administrator;
  private final Running process;

  private PostgresServer(Path folder, Access administrator, Running process) {
    this.folder = folder;
    this.administrator = administrator;
    this.process = process;
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
    List<String> line = new ArrayList<>(Programs.line("postgres", "-D", folder.toString()));
    line.addAll(List.of("-p", Integer.toString(port), "-c", "listen_addresses=127.0.0.1"));
    line.addAll(List.of("-c", "unix_socket_directories="));
    settings().forEach((name, value) -> line.addAll(List.of("-c", name + "=" + value)));
    Access administrator = new Access(port, "postgres", ADMINISTRATOR, password);
    Running process = Running.start("PostgreSQL", Launch.of(line), scratch);
    process.await("answering", START, () -> answers(administrator));
    return new PostgresServer(folder, administrator, process);
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

  /** Fast: sessions are ended, nothing is lost. */
  @Override
  public void close() {
    try {
      String first = Files.readAllLines(folder.resolve("postmaster.pid")).getFirst();
      // SIGINT, which a Java process cannot send: SIGTERM would wait for every client.
      new ProcessBuilder("kill", "-INT", first.strip()).start().waitFor();
    } catch (IOException gone) {
      // It ended already; what is left is waited for below.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.close();
  }
}
