package org.gemel.database.physical;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.gemel.database.DatabaseFailure;
import org.gemel.database.ServerCopy;

/**
 * The copy takes the old server's place. In this order: the note; the old server stops, with gate
 * and mark looked at once more; two renames; the server starts, its subscription asleep; main's log
 * is handed over; the subscription wakes; the note goes.
 *
 * <p>The log is handed over before the subscription wakes: the pair's slot of before may be further
 * than the copy's rows, and from it the copy would miss what lies between. And it is handed over
 * after the server started: should main be lost in the swap, this server is what there is.
 */
final class Swap {
  private final PhysicalSettings settings;
  private final ServerCopy databases;
  private final Programs programs;

  Swap(PhysicalSettings settings, ServerCopy databases, Programs programs) {
    this.settings = settings;
    this.databases = databases;
    this.programs = programs;
  }

  boolean isUnderWay() {
    return Files.exists(settings.note());
  }

  /** Stops the old server. If that fails, it runs on, or again. */
  void begin(SwapNote note, long epoch) throws DatabaseFailure, InterruptedException, IOException {
    boolean stopped = false;
    try {
      databases.whileWanted(
          epoch,
          () -> {
            try {
              note.write(settings.note());
            } catch (IOException e) {
              throw DatabaseFailure.unfinished(
                  "no note of the swap to be written: " + e, "it on disk", "start again");
            }
            programs.site(settings.stop(), "the backup's server stopped");
          });
      if (!FolderProcesses.ofServer(settings.data()).isEmpty()) {
        throw DatabaseFailure.unfinished(
            "the backup's server running still after " + settings.stop(),
            "a command that returns when it has stopped",
            "correct it in the agent's file, then order the start again");
      }
      stopped = true;
    } finally {
      if (!stopped && isUnderWay()) {
        goBack();
      }
    }
  }

  /** From the note on. May be repeated. */
  String finish() throws DatabaseFailure, InterruptedException, IOException {
    SwapNote note = note();
    Path aside = settings.data().resolveSibling(note.aside());
    if (!Files.exists(aside)) {
      Folders.move(settings.data(), aside);
    }
    if (!Files.exists(settings.data())) {
      Folders.move(settings.copy(), settings.data());
    }
    start();
    awaitAnswer(note.now());
    databases.follow(note.before(), note.now());
    Files.delete(settings.note());
    return "its whole server is a physical copy of main's; what it was before lies in "
        + aside
        + " until you remove it";
  }

  /** Where nothing was renamed yet, what was runs again, and all else is removed. */
  Optional<String> goOnOrBack() throws DatabaseFailure, InterruptedException, IOException {
    SwapNote note = note();
    boolean data = Files.exists(settings.data());
    boolean copy = Files.exists(settings.copy());
    boolean aside = Files.exists(settings.data().resolveSibling(note.aside()));
    if (data && !aside) {
      goBack();
      giveUp();
      return Optional.empty();
    }
    if (!aside || data == copy) {
      throw DatabaseFailure.refused(
          "a swap cut off, with folders that no swap leaves: data %s, copy %s, set aside %s"
              .formatted(data, copy, aside),
          "one of them in the other's place",
          "put the folder that is right at %s, remove %s, then start the server"
              .formatted(settings.data(), settings.note()));
    }
    return Optional.of(finish());
  }

  /** Nothing of a copy stays, here or on main. */
  void giveUp() throws DatabaseFailure, InterruptedException, IOException {
    FolderProcesses.endAll(settings.copy());
    Folders.remove(settings.copy());
    databases.cancel();
  }

  private void goBack() throws DatabaseFailure, InterruptedException, IOException {
    start();
    Files.delete(settings.note());
  }

  private void start() throws DatabaseFailure, InterruptedException {
    if (FolderProcesses.ofServer(settings.data()).isEmpty()) {
      programs.site(settings.start(), "the backup's server started");
    }
  }

  private void awaitAnswer(String identifier) throws DatabaseFailure, InterruptedException {
    long begun = System.nanoTime();
    Duration patience = settings.patience();
    while (true) {
      String words;
      try {
        String found = databases.identifier();
        if (found.equals(identifier)) {
          return;
        }
        words = "the server " + found + " answering";
      } catch (DatabaseFailure e) {
        words = e.words();
      }
      if (System.nanoTime() - begun > patience.toNanos()) {
        throw DatabaseFailure.unfinished(
            words + " after " + settings.start(),
            "the copy, server " + identifier,
            "see its log; then order the start again, which goes on from here");
      }
      Thread.sleep(50); // between two looks
    }
  }

  private SwapNote note() throws IOException {
    return SwapNote.read(settings.note())
        .orElseThrow(() -> new IOException("the note " + settings.note() + " is gone"));
  }
}
