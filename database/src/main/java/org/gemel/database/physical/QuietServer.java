package org.gemel.database.physical;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.gemel.database.DatabaseFailure;

/**
 * A server on the copy, for nobody but us: it listens in its own folder, which only its user may
 * enter, starts no workers, loads no libraries, archives nothing. It recovers the copy to the first
 * moment at which it is consistent, and no further.
 */
final class QuietServer implements AutoCloseable {
  private static final String CONFIGURATION = "gemel_copy.conf";
  private static final String ACCESS = "gemel_copy_hba.conf";
  private static final String USERS = "gemel_copy_ident.conf";
  private static final String LOG = "gemel_copy.log";
  private static final int PORT = 5432; // of the socket's name only
  private static final int LONGEST_SOCKET = 107;
  private static final long SHORT_LOG = 2_000;

  private final Path copy;
  private final Process process;

  private QuietServer(Path copy, Process process) {
    this.copy = copy;
    this.process = process;
  }

  static Path socket(Path copy) {
    return copy.resolve(".s.PGSQL." + PORT);
  }

  static boolean socketFits(Path copy) {
    return socket(copy).toString().length() <= LONGEST_SOCKET;
  }

  /**
   * @param preparedTransactions as many as main may have, whose log is applied here
   */
  static QuietServer start(Programs programs, Path copy, int preparedTransactions)
      throws IOException {
    OwnConfiguration.clearForRecovery(copy);
    Folders.write(copy.resolve(CONFIGURATION), "");
    Folders.write(copy.resolve(USERS), "");
    Folders.write(copy.resolve(ACCESS), "local all all trust\n");
    Folders.write(copy.resolve("recovery.signal"), "");
    List<String> options =
        List.of(
            "config_file=" + copy.resolve(CONFIGURATION),
            "hba_file=" + copy.resolve(ACCESS),
            "ident_file=" + copy.resolve(USERS),
            "listen_addresses=",
            "unix_socket_directories=" + copy,
            "unix_socket_permissions=0700",
            "port=" + PORT,
            "ssl=off",
            "logging_collector=off",
            "log_destination=stderr",
            "hot_standby=off",
            "restore_command=/bin/false",
            "recovery_target=immediate",
            "recovery_target_action=promote",
            "max_prepared_transactions=" + preparedTransactions,
            "max_logical_replication_workers=0",
            "autovacuum=off",
            "archive_mode=off",
            "jit=off");
    return new QuietServer(copy, programs.server(copy, options, copy.resolve(LOG)));
  }

  void requireAlive() throws IOException, DatabaseFailure {
    if (!process.isAlive()) {
      String log = Files.readString(copy.resolve(LOG)).strip();
      throw DatabaseFailure.unfinished(
          "the server on the copy ended with %d; its log ends: %s"
              .formatted(
                  process.exitValue(),
                  log.substring((int) Math.max(0, log.length() - SHORT_LOG)).replace('\n', ';')),
          "it to recover the copy",
          "cure what it names and start the replication again");
    }
  }

  /** Cleanly: everything is on disk. */
  void stop() throws InterruptedException {
    process.destroy(); // it waits for sessions, of which there is none any more
    process.waitFor();
  }

  /** Whatever becomes of the copy. */
  @Override
  public void close() {
    if (process.isAlive()) {
      process.destroyForcibly();
      process.onExit().completeOnTimeout(process, 10, TimeUnit.SECONDS).join();
    }
  }
}
