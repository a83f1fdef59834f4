package org.gemel.mirror;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.Errno;
import org.gemel.mirror.system.ExtendedAttributes;
import org.gemel.mirror.system.FileStatus;
import org.gemel.mirror.system.FileType;
import org.gemel.mirror.system.Folder;
import org.gemel.mirror.system.OpenFile;
import org.gemel.mirror.system.SystemCallException;

/**
 * Copies files' content and puts each under its final name, whole or not at all.
 *
 * <p>A file that changes while it is read is thrown away and read again, a few times: what was read
 * may be torn.
 */
final class FileMover {
  private static final int TRIES = 3;
  private static final Duration BETWEEN_TRIES = Duration.ofMillis(50);

  private final TemporaryNames temporaries;
  private final PassLog log;
  private final Disposal disposal;
  private final LargeFiles large;
  private final Moving moving;

  FileMover(
      TemporaryNames temporaries, Disposal disposal, LargeFiles large, Moving moving, PassLog log) {
    this.large = large;
    this.moving = moving;
    this.disposal = disposal;
    this.temporaries = temporaries;
    this.log = log;
  }

  /** Told what became of each file. */
  interface Outcome {
    void done(EntryName name);

    void failed(EntryName name, IOException why);
  }

  /**
   * Copies files of one folder until each held still or has had its tries.
   *
   * @param unseen whether nobody sees the folder yet, so that files are written under their names
   */
  private void move(
      SourceFolder from, List<EntryName> names, Folder to, boolean unseen, Outcome outcome) {
    List<EntryName> left = names;
    for (int attempt = 1; attempt <= TRIES && !left.isEmpty(); attempt++) {
      if (attempt > 1) {
        LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
      }
      Attempt one = new Attempt(to, unseen, attempt < TRIES, outcome);
      from.read(left, one);
      left = one.restless;
      log.allowStop();
    }
    for (EntryName each : left) {
      outcome.failed(
          each,
          new SourceChangedException(
              "the source changed while it was read, "
                  + TRIES
                  + " times; the next pass tries again"));
    }
  }

  /** Copies one file, or says why not. */
  void move(SourceFolder from, EntryName name, Folder to) throws IOException {
    Map<EntryName, IOException> failures = new HashMap<>();
    move(
        from,
        List.of(name),
        to,
        false,
        new Outcome() {
          @Override
          public void done(EntryName done) {}

          @Override
          public void failed(EntryName failed, IOException why) {
            failures.put(failed, why);
          }
        });
    IOException failure = failures.get(name);
    if (failure != null) {
      throw failure;
    }
  }

  /** One reading of some files. */
  private final class Attempt implements SourceFolder.Receiver {
    private final Folder to;
    private final boolean unseen;
    private final boolean mayTryAgain;
    private final Outcome outcome;
    private final List<EntryName> restless = new ArrayList<>();
    private boolean bare;

    private Attempt(Folder to, boolean unseen, boolean mayTryAgain, Outcome outcome) {
      this.mayTryAgain = mayTryAgain;
      this.to = to;
      this.unseen = unseen;
      this.outcome = outcome;
    }

    @Override
    public void file(EntryName name, SourceFile file) throws IOException {
      log.allowStop();
      int roomMade = disposal.timesRoomWasMade();
      try {
        if (file.status().type() == FileType.FILE && put(file, name)) {
          outcome.done(name);
          return;
        }
      } catch (SystemCallException e) {
        boolean again = mayTryAgain && Errno.isNoRoom(e);
        if (!again || !disposal.makeRoom(roomMade, file.status().allocated())) {
          throw e;
        }
      }
      restless.add(name);
    }

    @Override
    public void failed(EntryName name, IOException why) {
      outcome.failed(name, why);
    }

    private boolean put(SourceFile source, EntryName name) throws IOException {
      return switch (large.put(source, name, to, unseen)) {
        case DONE -> true;
        case RESTLESS -> false;
        case OTHER_WAY -> copy(source, name);
      };
    }

    private boolean copy(SourceFile source, EntryName name) throws IOException {
      EntryName temporary = unseen ? name : temporaries.next();
      try (OpenFile copy = create(source, temporary)) {
        if (!fill(source, copy)) {
          to.changes().removeFile(temporary);
          return false;
        }
        // Closed first: a network file system reports only now what it could not keep.
        copy.finish();
        if (!unseen) {
          disposal.replace(to, temporary, name);
        }
        return true;
      } catch (IOException e) {
        throw TreeApplier.giveUp(to.changes(), temporary, e);
      } catch (PassLog.StopRequested | SourceLostException stop) {
        to.changes().removeFile(temporary);
        throw stop;
      }
    }

    /** What nobody sees has its final mode from the start, and its folder's lock is enough. */
    private OpenFile create(SourceFile source, EntryName name) throws SystemCallException {
      return unseen
          ? to.changes().createFile(name, source.status().permissions())
          : to.changes().createFile(name);
    }

    private boolean fill(SourceFile source, OpenFile copy) throws IOException {
      if (!unseen && !copy.tryLock()) {
        return false;
      }
      FileStatus wanted = source.status();
      ExtendedAttributes attributes = source.attributes();
      boolean still = source.copyTo(copy, new EarlyWriteback(copy, moving));
      FileStatus made = copy.status();
      if (!still || made.size() != wanted.size()) {
        return false;
      }
      // What a folder gives to its new files it gives to each of them.
      bare = bare || (unseen && copy.attributes().isEmpty());
      new Metadata(wanted, attributes).imposeOnNew(copy.inode(), made, bare);
      return true;
    }
  }

  /** The source would not hold still. */
  static final class SourceChangedException extends IOException {
    SourceChangedException(String message) {
      super(message);
    }
  }

  /** Copies files of a folder that is worked on; failures go to the log. */
  void move(FolderWork work, List<Entry> files, Consumer<Entry> done) {
    Map<EntryName, Entry> byName = new HashMap<>();
    files.forEach(each -> byName.put(each.name(), each));
    move(
        work.source(),
        files.stream().map(Entry::name).toList(),
        requireNonNull(work.place().folder()),
        work.place().staged() != null,
        new Outcome() {
          @Override
          public void done(EntryName name) {
            Entry entry = byName.get(name);
            if (entry != null) {
              done.accept(entry);
            }
          }

          @Override
          public void failed(EntryName name, IOException why) {
            if (!TreeWalk.isGone(why, work.source(), name)) {
              work.place().noteFailed();
              log.failed(work.place().path().child(name), why);
            }
          }
        });
  }
}
