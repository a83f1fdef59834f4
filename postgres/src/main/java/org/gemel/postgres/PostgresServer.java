package org.gemel.postgres;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * One PostgreSQL server in one data folder, listening on 127.0.0.1 only.
 *
 * <p>This class makes the folder and says how to run the server; it does not own the process. A
 * supervisor starts {@link #command()} and so decides about its life. {@link #stop} works whoever
 * started it, also on a server left over by a supervisor that was killed.
 */
public final class PostgresServer {
  /**
   * Its superuser. Not named after Gemel: what a user makes without naming a schema lands in the
   * schema of the user's own name if there is one, and there is one named gemel.
   */
  public static final String ADMINISTRATOR = "postgres";

  // Messages are read by us and by people of any country; dates and sorting must not vary either.
  static final Map<String, String> ENVIRONMENT = Map.of("LC_ALL", "C", "TZ", "UTC");

  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final Duration PATIENCE_AFTER_EACH_SIGNAL = Duration.ofSeconds(5);

  private final PostgresBinaries binaries;
  private final Path dataFolder;
  private final int port;
  private final String password;

  private PostgresServer(PostgresBinaries binaries, Path dataFolder, int port, String password) {
    this.binaries = binaries;
    this.dataFolder = dataFolder;
    this.port = port;
    this.password = password;
  }

  /**
   * Opens the data folder; makes it first if it is not there. Safe to repeat after a kill at any
   * point. Settings and port are written anew each time and count from the next start.
   *
   * @param password of {@link #ADMINISTRATOR}; used when the folder is made, and must be the same
   *     later
   */
  public static PostgresServer create(
      PostgresBinaries binaries,
      Path dataFolder,
      int port,
      String password,
      PostgresSettings settings)
      throws IOException, InterruptedException, PostgresFailure {
    Path folder = dataFolder.toAbsolutePath().normalize();
    if (!DataFolder.isInitialised(folder)) {
      DataFolder.initialise(binaries, folder, ADMINISTRATOR, password);
    }
    // The real path, since that is what a process shows as its working folder.
    Path real = folder.toRealPath();
    DataFolder.configure(real, port, settings);
    return new PostgresServer(binaries, real, port, password);
  }

  public int port() {
    return port;
  }

  public Path dataFolder() {
    return dataFolder;
  }

  /**
   * The command that runs this server in the foreground. SIGINT to it stops the server at once and
   * cleanly, SIGTERM waits until all clients have gone, SIGKILL is a crash. Log lines go to its
   * standard error.
   */
  public ServerCommand command() throws PostgresFailure {
    return new ServerCommand(
        LowerUser.command(
            List.of(binaries.program("postgres").toString(), "-D", dataFolder.toString())),
        ENVIRONMENT,
        dataFolder);
  }

  /** Whether any process of this server is alive, by whomever it was started. */
  public boolean isAlive() {
    return !new FolderProcesses(dataFolder).all().isEmpty();
  }

  /** The server's first process, by whomever it was started. */
  public Optional<ProcessHandle> process() throws IOException {
    return new FolderProcesses(dataFolder).first();
  }

  /**
   * Waits until the server answers its administrator.
   *
   * @param within gives up after this long
   */
  public void awaitReady(Duration within) throws PostgresFailure, InterruptedException {
    long deadline = System.nanoTime() + within.toNanos();
    while (true) {
      try (Connection connection = connect("postgres")) {
        if (connection.isValid(2)) {
          return;
        }
      } catch (SQLException e) {
        if (System.nanoTime() > deadline) {
          throw new PostgresFailure(
              "no answer on port "
                  + port
                  + " within "
                  + within.toMillis()
                  + " ms: "
                  + e.getMessage(),
              "the server of " + dataFolder + " to be ready",
              "read the server's output",
              e);
        }
      }
      Thread.sleep(PAUSE);
    }
  }

  /** A connection of the administrator. */
  public Connection connect(String database) throws SQLException {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setServerNames(new String[] {"127.0.0.1"});
    source.setPortNumbers(new int[] {port});
    source.setDatabaseName(database);
    source.setUser(ADMINISTRATOR);
    source.setPassword(password);
    source.setConnectTimeout(5);
    source.setSocketTimeout(60);
    return source.getConnection();
  }

  /**
   * Stops the server of this folder, by whomever it was started, and returns when no process of it
   * is left. First as a fast shutdown (clients are ended, nothing is lost, the next start needs no
   * recovery); if that takes longer than {@code patience}, harder, which costs a recovery only.
   */
  public void stop(Duration patience) throws IOException, InterruptedException, PostgresFailure {
    FolderProcesses processes = new FolderProcesses(dataFolder);
    Optional<ProcessHandle> first = processes.first();
    if (first.isPresent()) {
      Shell.signal("INT", first.get().pid());
      if (allGone(processes, patience)) {
        return;
      }
      Shell.signal("QUIT", first.get().pid());
    }
    // Children whose first process is dead end by themselves, unless they are stuck.
    if (allGone(processes, PATIENCE_AFTER_EACH_SIGNAL)) {
      return;
    }
    for (ProcessHandle process : processes.all()) {
      Shell.signal("KILL", process.pid());
    }
    if (!allGone(processes, PATIENCE_AFTER_EACH_SIGNAL)) {
      throw new PostgresFailure(
          "live processes of the server in " + dataFolder + " after SIGKILL: " + processes.all(),
          "none",
          "look for a disk that does not answer");
    }
  }

  private static boolean allGone(FolderProcesses processes, Duration within)
      throws InterruptedException {
    long deadline = System.nanoTime() + within.toNanos();
    while (!processes.all().isEmpty()) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      Thread.sleep(PAUSE);
    }
    return true;
  }
}
