package org.gemel.database.physical;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.gemel.database.DatabaseFailure;
import org.gemel.database.MainConnection;
import org.gemel.database.ServerCopy;
import org.gemel.database.ServerListing;

/**
 * Replaces the backup's whole server by a physical copy of main's, which then follows it.
 *
 * <p>Until the swap, the backup's server runs and is not touched: the copy is made, recovered and
 * turned into a backup beside it. Whatever fails or is cut off before then leaves only what {@link
 * #settle} removes. The swap has a note on disk, by which whoever comes next goes on, or back where
 * nothing was renamed yet.
 */
public final class PhysicalStart {
  private final PhysicalSettings settings;
  private final ServerCopy databases;
  private final MainConnection main;
  private final Programs programs;
  private final Swap swap;

  public PhysicalStart(PhysicalSettings settings, ServerCopy databases, MainConnection main) {
    this.settings = settings;
    this.databases = databases;
    this.main = main;
    this.programs = new Programs(settings);
    this.swap = new Swap(settings, databases, programs);
  }

  /** What it would do, and what stands against it. Changes nothing. */
  public ServerListing listing() throws DatabaseFailure, InterruptedException {
    ServerListing listing = databases.listing();
    try {
      return listing.with(
          new PhysicalChecks(settings, programs).against(listing, databases.identifier()));
    } catch (IOException e) {
      return listing.with(List.of("folders that cannot be read: " + e));
    }
  }

  /** Bytes that are free beside the data folder. */
  public long freeBytes() throws DatabaseFailure {
    try {
      return new PhysicalChecks(settings, programs).freeBytes();
    } catch (IOException e) {
      throw broken(e);
    }
  }

  /**
   * <strong>Overwrites the backup's whole server.</strong> Called again after it was cut off, it
   * goes on or begins anew, whichever is right.
   *
   * @param approved the {@link ServerListing#hash} where more than the pair's database is at stake
   * @return what came of it, a sentence without its end
   */
  public String perform(long epoch, String approved, Consumer<PhysicalProgress> progress)
      throws DatabaseFailure, InterruptedException {
    return alone(
        () -> {
          Optional<String> finished = settled();
          if (finished.isPresent()) {
            return finished.get();
          }
          requireApproved(listing(), approved);
          progress.accept(new PhysicalProgress("main begins to keep its log", 0));
          boolean whole = false;
          try {
            ServerCopy.Begun begun = databases.begin(epoch);
            SwapNote note = make(begun, epoch, progress);
            progress.accept(new PhysicalProgress("taking the old server's place", 0.97));
            swap.begin(note, epoch);
            whole = true;
          } finally {
            if (!whole) {
              takeAway();
            }
          }
          return swap.finish();
        });
  }

  /**
   * Ends what a start that was cut off has left: removes what is half made, goes back to the server
   * that was, or puts the new one in its place. To be called when nobody is at it.
   *
   * @return what came of it where a start was gone on with
   */
  public Optional<String> settle() throws DatabaseFailure, InterruptedException {
    return alone(this::settled);
  }

  private Optional<String> settled() throws DatabaseFailure, InterruptedException, IOException {
    if (swap.isUnderWay()) {
      return swap.goOnOrBack();
    }
    swap.giveUp();
    return Optional.empty();
  }

  /** What was said already says more than what fails here; the next start tries it again. */
  private void takeAway() throws InterruptedException, IOException {
    try {
      swap.giveUp();
    } catch (DatabaseFailure e) {
      return;
    }
  }

  private SwapNote make(ServerCopy.Begun begun, long epoch, Consumer<PhysicalProgress> progress)
      throws DatabaseFailure, InterruptedException, IOException {
    programs.run(
        "pg_basebackup",
        BaseBackup.arguments(
            main.address().host(),
            main.address().port(),
            main.replication().user(),
            settings.copy()),
        Map.of(
            "PGPASSWORD",
            main.replication().password(),
            "PGCONNECT_TIMEOUT",
            "5",
            "PGAPPNAME",
            "gemel server copy"),
        line -> BaseBackup.progress(line).map(PhysicalStart::words).ifPresent(progress));
    requireKept();
    progress.accept(new PhysicalProgress("recovering the copy", 0.92));
    try (QuietServer server =
        QuietServer.start(programs, settings.copy(), begun.preparedTransactions())) {
      while (!databases.answers(QuietServer.socket(settings.copy()), begun)) {
        server.requireAlive();
        Thread.sleep(20); // between two looks
      }
      var _ = databases.makeBackup(QuietServer.socket(settings.copy()), begun, epoch);
      server.stop();
    }
    progress.accept(new PhysicalProgress("giving the copy a name of its own", 0.95));
    long identifier = newIdentifier();
    new ControlFile(settings.copy()).identify(identifier);
    OwnConfiguration.clear(settings.copy());
    programs.run("pg_resetwal", List.of("-D", settings.copy().toString()), Map.of(), _ -> {});
    OwnConfiguration.bring(settings.data(), settings.copy());
    return SwapNote.of(settings, begun.system(), Long.toUnsignedString(identifier), Instant.now());
  }

  private static PhysicalProgress words(BaseBackup.Progress progress) {
    double share = progress.total() == 0 ? 0 : (double) progress.bytes() / progress.total();
    return new PhysicalProgress(
        "copying main's server: %,d of %,d MB"
            .formatted(progress.bytes() / 1_000_000, progress.total() / 1_000_000),
        Math.min(0.9, 0.9 * share));
  }

  private void requireKept() throws DatabaseFailure {
    if (!databases.isKept()) {
      throw databases.notKept();
    }
  }

  private static void requireApproved(ServerListing listing, String approved)
      throws DatabaseFailure {
    if (!listing.against().isEmpty()) {
      throw DatabaseFailure.refused(
          String.join("; ", listing.against()),
          "two servers of which one can take the other's files",
          "nothing was changed; cure that, or start the replication without --physical");
    }
    boolean right = approved.equals(listing.hash());
    if (right || (approved.isEmpty() && !listing.needsApproval())) {
      return;
    }
    throw DatabaseFailure.refused(
        (approved.isEmpty() ? "no approval" : "the approval " + approved + " of another list")
            + ", while the whole server goes: "
            + listing.words(),
        "a server that is wholly Gemel's, or --overwrite-server " + listing.hash(),
        "nothing was changed; look at that list, then repeat with its hash");
  }

  /** As PostgreSQL makes one: the time, and who. */
  private static long newIdentifier() {
    Instant now = Instant.now();
    return (now.getEpochSecond() << 32)
        | ((now.getNano() / 1000L) << 12)
        | (ProcessHandle.current().pid() & 0xFFF);
  }

  private interface Work<T> {
    T perform() throws DatabaseFailure, InterruptedException, IOException;
  }

  /** The lock dies with its process. */
  private <T> T alone(Work<T> work) throws DatabaseFailure, InterruptedException {
    try (FileChannel file =
            FileChannel.open(settings.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = lock(file)) {
      if (!lock.isValid()) {
        throw new IllegalStateException("a lock that is none");
      }
      return work.perform();
    } catch (IOException e) {
      throw broken(e);
    }
  }

  private static FileLock lock(FileChannel file) throws IOException, DatabaseFailure {
    FileLock lock;
    try {
      lock = file.tryLock();
    } catch (OverlappingFileLockException e) {
      lock = null;
    }
    if (lock == null) {
      throw DatabaseFailure.refused(
          "another start from a physical copy under way here", "one at a time", "wait for it");
    }
    return lock;
  }

  private DatabaseFailure broken(IOException e) {
    return DatabaseFailure.unfinished(
        "'" + e + "' at the folders beside " + settings.data(),
        "them to be read and written",
        "see whom they belong to and what room there is, then start the replication again");
  }
}
