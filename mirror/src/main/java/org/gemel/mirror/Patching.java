package org.gemel.mirror;

import java.io.IOException;
import java.util.Optional;
import org.gemel.mirror.LargeFiles.Result;
import org.gemel.mirror.index.BlockHashes;
import org.gemel.mirror.index.BlockSignature;
import org.gemel.mirror.index.SignatureStore;
import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.Errno;
import org.gemel.mirror.system.FileContent;
import org.gemel.mirror.system.FileStatus;
import org.gemel.mirror.system.OpenFile;
import org.gemel.mirror.system.Privilege;
import org.gemel.mirror.system.SystemCallException;
import org.jspecify.annotations.Nullable;

/**
 * Writes to the target's own file, in the two cases in which nobody can take what it holds
 * meanwhile for the file: when it is only appended to, and when it has been put aside.
 *
 * <p>A file that is appended to gets its new time last, so a pass that finds it half done sees that
 * it is not equal. One that is put aside comes back when all of it is durable.
 */
final class Patching {
  private final GrowingFile growing;
  private final SignatureStore store;
  private final TornFiles torn;
  private final TemporaryNames temporaries;
  private final Disposal disposal;
  private final Moving moving;
  private final PassLog log;

  Patching(
      GrowingFile growing,
      SignatureStore store,
      TornFiles torn,
      TemporaryNames temporaries,
      Disposal disposal,
      Moving moving,
      PassLog log) {
    this.growing = growing;
    this.disposal = disposal;
    this.store = store;
    this.torn = torn;
    this.temporaries = temporaries;
    this.moving = moving;
    this.log = log;
  }

  /** Gives a file whose content is right all else. */
  Result imposeMetadata(LargeFile file, FileStatus there) throws IOException {
    try (OpenFile held = file.to().hold(file.name())) {
      if (!held.status().sameState(there)) {
        return Result.RESTLESS;
      }
      if (!Privilege.isRoot() && (there.permissions() & 0200) == 0) {
        held.inode().permissions(there.permissions() | 0200);
      }
      file.metadata().impose(held.inode());
      file.isNow(there);
      return Result.DONE;
    }
  }

  /** Appends what the target's file lacks. */
  Result append(LargeFile file, FileStatus there, BlockHashes known, BlockDelta delta)
      throws IOException {
    if (!isForTheSameEyes(file, there)) {
      return Result.OTHER_WAY;
    }
    try (OpenFile open = open(file, file.name())) {
      if (open == null || !open.status().sameState(there) || !open.tryLock()) {
        return Result.OTHER_WAY;
      }
      boolean moving = !file.isStill();
      if (moving
          && !(delta.readRest(there.size(), log::allowStop)
              && growing.isOneState(file, delta.wanted()))) {
        return Result.RESTLESS;
      }
      file.isNow(there);
      store.putNow(BlockSignature.of(there, file.path(), known).whileAppending());
      if (!append(file, open, there, known, delta, moving)) {
        cutBack(file, open, there, known);
        return Result.RESTLESS;
      }
      // After a power cut no name may have its final size and time without the bytes.
      new FileContent(open).sync();
      file.metadata().imposeOnNew(open.inode(), there);
      open.finish();
      return Result.DONE;
    }
  }

  /** New content must not be seen by those who saw the old one and are not to see it. */
  private static boolean isForTheSameEyes(LargeFile file, FileStatus there) throws IOException {
    return file.wanted().permissions() == there.permissions() && isForNoFewerEyes(file, there);
  }

  /** The same for who may read, where more may. */
  private static boolean isForNoFewerEyes(LargeFile file, FileStatus there) throws IOException {
    FileStatus wanted = file.wanted();
    boolean owner = wanted.owner() == there.owner() && wanted.group() == there.group();
    return (there.permissions() & ~wanted.permissions()) == 0
        && (owner || !Privilege.isRoot())
        && file.metadata().attributes().equals(file.to().attributes(file.name()));
  }

  private boolean append(
      LargeFile file,
      OpenFile open,
      FileStatus there,
      BlockHashes known,
      BlockDelta delta,
      boolean moving)
      throws IOException {
    DataWriter writer = file.writer(open, false, this.moving);
    try {
      if (!delta.append(there.size(), moving, writer, log::allowStop, file::isStill)) {
        return false;
      }
      writer.end(file.wanted().size());
      return moving || file.isStill();
    } catch (IOException e) {
      try {
        cutBack(file, open, there, known);
      } catch (IOException again) {
        e.addSuppressed(again);
      }
      throw e;
    } catch (PassLog.StopRequested stop) {
      cutBack(file, open, there, known);
      throw stop;
    }
  }

  private void cutBack(LargeFile file, OpenFile open, FileStatus there, BlockHashes known)
      throws IOException {
    new FileContent(open).length(there.size());
    open.inode().modified(there.modified());
    store.putNow(BlockSignature.of(open.status(), file.path(), known));
  }

  /** Puts the target's file aside, writes to it what differs, and gives it its name again. */
  Result patch(LargeFile file, FileStatus there, BlockDelta delta) throws IOException {
    Optional<EntryName> aside = TornFiles.name(temporaries, file.name());
    if (aside.isEmpty() || !isForNoFewerEyes(file, there)) {
      return Result.OTHER_WAY;
    }
    try (OpenFile open = open(file, file.name())) {
      if (open == null || !open.status().sameState(there) || !open.tryLock()) {
        return Result.OTHER_WAY;
      }
      file.to().changes().rename(file.name(), aside.get());
      torn.note(file.path(), aside.get());
      return patch(file, open, there, aside.get(), delta, true);
    }
  }

  /** Goes on with one that was put aside, or with a copy that was begun. */
  Result goOn(LargeFile file, EntryName aside, FileStatus there, BlockDelta delta)
      throws IOException {
    try (OpenFile open = open(file, aside)) {
      if (open == null || !open.status().sameState(there) || !open.tryLock()) {
        return Result.OTHER_WAY;
      }
      return patch(file, open, there, aside, delta, false);
    } catch (IOException e) {
      // A copy that cannot be finished takes room and is worth little.
      boolean usable = e instanceof SourceUnreachableException || !TornFiles.isCopy(aside);
      throw !usable ? TreeApplier.giveUp(file.to().changes(), aside, e) : e;
    }
  }

  /**
   * @param old whether it is still the old file, which may have its name again if nothing was
   *     written to it
   */
  private Result patch(
      LargeFile file,
      OpenFile open,
      FileStatus there,
      EntryName aside,
      BlockDelta delta,
      boolean old)
      throws IOException {
    file.isNow(there);
    DataWriter writer = file.writer(open, true, old ? moving.unstoppable() : moving);
    try {
      // The name must be away for good before the content is torn: after a power cut the file could
      // have its old size and times.
      file.to().sync();
      open.inode().permissions(0600);
      // Not to be stopped if the name is absent only until this is done.
      boolean whole = delta.write(writer, old ? () -> {} : log::allowStop);
      if (whole) {
        writer.end(file.wanted().size());
      }
      if (!whole || !file.isStill() || open.status().size() != file.wanted().size()) {
        putBack(file, open, there, aside, old && !writer.hasTouched());
        return Result.RESTLESS;
      }
      file.metadata().imposeOnNew(open.inode(), open.status());
      new FileContent(open).sync();
      open.finish();
      disposal.replace(file.to(), aside, file.name());
      torn.forget(file.path());
      return Result.DONE;
    } catch (IOException e) {
      try {
        putBack(file, open, there, aside, old && !writer.hasTouched());
      } catch (IOException again) {
        e.addSuppressed(again);
      }
      throw e;
    }
  }

  private void putBack(
      LargeFile file, OpenFile open, FileStatus there, EntryName aside, boolean untouched)
      throws IOException {
    if (untouched) {
      open.inode().permissions(there.permissions());
      if (file.to().changes().moveIfFree(aside, file.to(), file.name())) {
        torn.forget(file.path());
      }
    }
  }

  private static @Nullable OpenFile open(LargeFile file, EntryName name) throws IOException {
    try {
      return file.to().changes().openToWrite(name);
    } catch (SystemCallException e) {
      // Whatever forbids it, a new file may be made.
      boolean forbidden =
          e.errno() == Errno.EACCES || e.errno() == Errno.EPERM || e.errno() == Errno.ETXTBSY;
      if (forbidden) {
        return null;
      }
      throw e;
    }
  }
}
