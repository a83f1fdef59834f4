package org.gemel.mirror;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Predicate;
import org.gemel.mirror.index.BlockHashes;
import org.gemel.mirror.index.BlockSignature;
import org.gemel.mirror.index.SignatureStore;
import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.Errno;
import org.gemel.mirror.system.FileStatus;
import org.gemel.mirror.system.FileType;
import org.gemel.mirror.system.Folder;
import org.gemel.mirror.system.OpenFile;
import org.gemel.mirror.system.Privilege;
import org.gemel.mirror.system.SystemCallException;
import org.gemel.mirror.system.TreePath;
import org.jspecify.annotations.Nullable;

/**
 * Brings large files by what differs in them, where it is known what the target has: from a stored
 * signature of exactly that state of the file, or by reading it where that is worth while. Of what
 * is not known nothing is guessed: the file is copied whole.
 *
 * <p>What a name shows is never a mixture. The new content is made beside the old one and renamed
 * over it; or it is the old one and more of it, which the source has been, too; or the name is
 * absent while its file is patched.
 */
final class LargeFiles {
  /** From this size on the hashes pay. */
  static final long USUAL_SIZE = 8L * 1024 * 1024;

  private static final int FEW = 64;

  private final long least;
  private final int threads = Workers.usual();
  private final SignatureStore store;
  private final TornFiles torn;
  private final Rebuilding rebuilding;
  private final Patching patching;
  private final GrowingFile growing;
  private final boolean inPlace;
  private final Predicate<TreePath> doubted;
  private final PassLog log;

  /**
   * @param doubted files of which what the target has is not believed, whatever is remembered of it
   * @param least from which size on a file is large
   * @param inPlace whether files are patched in place rather than rebuilt
   */
  LargeFiles(
      long least,
      SignatureStore store,
      TornFiles torn,
      TemporaryNames temporaries,
      Disposal disposal,
      boolean inPlace,
      Predicate<TreePath> doubted,
      Moving moving,
      PassLog log) {
    this.least = least;
    this.doubted = doubted;
    this.store = store;
    this.torn = torn;
    this.inPlace = inPlace;
    this.log = log;
    this.growing = new GrowingFile(threads, log::allowStop);
    this.rebuilding = new Rebuilding(temporaries, disposal, moving, log);
    this.patching = new Patching(growing, store, torn, temporaries, disposal, moving, log);
  }

  /** What came of an attempt. */
  enum Result {
    DONE,
    /** The source changed while it was read, or the target did. */
    RESTLESS,
    /** It cannot be done this way; nothing was done. */
    OTHER_WAY
  }

  /**
   * Puts a file under its name.
   *
   * @param unseen whether nobody sees the folder yet, so that it is written under its name
   */
  Result put(SourceFile source, EntryName name, Folder to, boolean unseen) throws IOException {
    FileStatus wanted = source.status();
    boolean large = wanted.size() >= least && wanted.size() <= BlockHashes.LARGEST_FILE;
    OpenFile local = large ? source.local() : null;
    SourceParts parts = large && local == null ? source.parts() : null;
    if (local == null && parts == null) {
      return Result.OTHER_WAY;
    }
    LargeFile file = new LargeFile(source, local, parts, name, to);
    boolean anew = unseen || isDoubted(file);
    Result result = anew ? Result.OTHER_WAY : update(file);
    EntryName aside = anew ? null : torn.of(file.path());
    if (result == Result.OTHER_WAY && aside != null) {
      result = goOn(file, aside);
    }
    if (result == Result.OTHER_WAY) {
      result = rebuilding.copy(file, unseen, store.isOpen());
    }
    if (result == Result.DONE) {
      remember(file);
    }
    return result;
  }

  /** Nothing is kept of what was found to hold other bytes than it seems to. */
  private boolean isDoubted(LargeFile file) throws IOException {
    if (!doubted.test(file.path())) {
      return false;
    }
    FileStatus there = file.target();
    if (there != null) {
      store.forget(there.identity());
    }
    return true;
  }

  private Result update(LargeFile file) throws IOException {
    FileStatus there = file.target();
    boolean usable =
        there != null
            && there.type() == FileType.FILE
            && there.links() == 1
            && there.size() > 0
            && there.size() <= BlockHashes.LARGEST_FILE;
    // Of a file with several names none may be written to through another.
    return usable && there != null ? update(file, there) : Result.OTHER_WAY;
  }

  private Result update(LargeFile file, FileStatus there) throws IOException {
    try (OpenFile old = openOld(file.to(), file.name())) {
      if (old == null || !old.status().sameState(there)) {
        return Result.OTHER_WAY;
      }
      BlockHashes known = known(old, there);
      BlockDelta delta = known == null ? null : delta(file, known, most(known));
      if (known == null || delta == null) {
        return Result.OTHER_WAY;
      }
      file.became(delta.wanted());
      if (!file.isStill() && !(delta.onlyGrown() && GrowingFile.mayBe(file))) {
        return Result.RESTLESS;
      }
      if (delta.isEmpty(known)) {
        return patching.imposeMetadata(file, there);
      }
      Result result =
          delta.onlyGrown() ? patching.append(file, there, known, delta) : Result.OTHER_WAY;
      if (result == Result.OTHER_WAY && !file.isStill()) {
        return Result.RESTLESS;
      }
      if (result == Result.OTHER_WAY && inPlace) {
        result = patching.patch(file, there, delta);
      }
      return result == Result.OTHER_WAY ? rebuilding.rebuild(file, old, there, delta) : result;
    }
  }

  /** Goes on with a file that another pass has left; what it holds is found by reading it. */
  private Result goOn(LargeFile file, EntryName aside) throws IOException {
    try (OpenFile old = openOld(file.to(), aside)) {
      FileStatus there = old == null ? null : old.status();
      if (old == null || there == null || !isOurs(file, aside, there)) {
        return Result.OTHER_WAY;
      }
      BlockHashes known = read(old, there);
      BlockDelta delta = known == null ? null : delta(file, known, Long.MAX_VALUE);
      if (delta == null) {
        return Result.OTHER_WAY;
      }
      file.became(delta.wanted());
      return file.isStill() ? patching.goOn(file, aside, there, delta) : Result.RESTLESS;
    }
  }

  /** Who may write to a folder of the target must not have us fill a file that he holds open. */
  private static boolean isOurs(LargeFile file, EntryName aside, FileStatus there) {
    boolean made = Privilege.isOwn(there.owner());
    boolean mayBe =
        TornFiles.isCopy(aside)
            ? made && there.permissions() == 0600
            : made || there.owner() == file.wanted().owner();
    return mayBe && there.type() == FileType.FILE && there.links() == 1;
  }

  private @Nullable BlockDelta delta(LargeFile file, BlockHashes known, long most)
      throws IOException {
    OpenFile local = file.local();
    return (local == null
            ? ArrivingDelta.find(requireNonNull(file.parts()), file.wanted(), known, most)
            : LocalDelta.find(local, file.wanted(), known, most, threads, log::allowStop))
        .orElse(null);
  }

  /** In how many blocks a file may differ until it is copied instead. */
  private long most(BlockHashes known) {
    return inPlace ? Long.MAX_VALUE : Math.max(FEW, known.count() / 2);
  }

  private @Nullable BlockHashes known(OpenFile old, FileStatus there) throws IOException {
    Optional<BlockSignature> signature = store.find(there);
    if (signature.isPresent() && signature.get().isOf(there)) {
      return signature.get().hashes();
    }
    boolean broughtHalf = signature.isPresent() && signature.get().appending();
    return inPlace || broughtHalf ? read(old, there) : null;
  }

  private @Nullable BlockHashes read(OpenFile old, FileStatus there) throws IOException {
    BlockHashes hashes = new BlockHashes(there.size());
    boolean whole =
        new BlockReader(old, there, threads, log::allowStop).read(hashes, (_, _) -> true);
    return whole && old.status().sameState(there) ? hashes : null;
  }

  /** Opens what the target has, if it may be read; it is not needed. */
  private static @Nullable OpenFile openOld(Folder folder, EntryName name) throws IOException {
    try {
      return folder.openFile(name);
    } catch (SystemCallException e) {
      if (e.errno() == Errno.EACCES || e.errno() == Errno.ENOENT) {
        return null;
      }
      throw e;
    }
  }

  /** Remembers what a file holds, in the state it has now if that is the one it was given. */
  private void remember(LargeFile file) throws IOException {
    FileStatus before = file.before();
    BlockHashes hashes = file.hashes();
    if (!store.isOpen() || hashes == null) {
      return;
    }
    FileStatus now = file.to().status(file.name());
    if (before != null && !before.identity().equals(now.identity())) {
      store.forget(before.identity());
    }
    if (now.size() == hashes.size() && file.isLeftAs(now)) {
      store.put(BlockSignature.of(now, file.path(), hashes));
    }
  }

  /** Whether something may be known of a file. */
  boolean isRemembered(FileStatus file) {
    return store.isOpen() && file.type() == FileType.FILE && file.size() >= least;
  }

  /** Goes on remembering a file of which only the outside was changed, or the name. */
  void keep(FileStatus before, FileStatus now, TreePath path) {
    store
        .find(before)
        .filter(each -> each.isOf(before) && now.size() == before.size())
        .ifPresent(each -> store.put(BlockSignature.of(now, path, each.hashes())));
  }
}
