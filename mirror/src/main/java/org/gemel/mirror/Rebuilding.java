package org.gemel.mirror;

import java.io.IOException;
import org.gemel.mirror.LargeFiles.Result;
import org.gemel.mirror.index.BlockHashes;
import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.FileContent;
import org.gemel.mirror.system.FileCopy;
import org.gemel.mirror.system.FileStatus;
import org.gemel.mirror.system.FolderChanges;
import org.gemel.mirror.system.OpenFile;

/**
 * Makes a large file anew beside the old one and renames it over that: whole from the source, or
 * from what the target has and the blocks that differ. Where the file system shares storage nothing
 * of the rest is copied.
 */
final class Rebuilding {
  private final TemporaryNames temporaries;
  private final Disposal disposal;
  private final Moving moving;
  private final PassLog log;

  Rebuilding(TemporaryNames temporaries, Disposal disposal, Moving moving, PassLog log) {
    this.temporaries = temporaries;
    this.disposal = disposal;
    this.moving = moving;
    this.log = log;
  }

  /** Fills a new file. */
  private interface Filling {
    /** Returns false if what was read from has changed. */
    boolean into(OpenFile copy) throws IOException;
  }

  /**
   * Copies the whole of it. If that is interrupted the next pass goes on with the copy.
   *
   * @param hashing whether hashes are wanted
   */
  Result copy(LargeFile file, boolean unseen, boolean hashing) throws IOException {
    EntryName made = unseen ? file.name() : TornFiles.copyName(temporaries, file.name());
    return make(
        file,
        made,
        copy ->
            hashing ? copyWhole(file, copy) : file.copyTo(copy, new EarlyWriteback(copy, moving)));
  }

  private boolean copyWhole(LargeFile file, OpenFile copy) throws IOException {
    FileStatus wanted = file.wanted();
    if (new FileContent(copy).cloneOf(file.local())) {
      // No hashes: the next clone will cost as little as this one.
      return true;
    }
    BlockHashes hashes = new BlockHashes(wanted.size());
    // By one thread: writers of one file wait for each other, and in order it lies in one piece.
    DataWriter writer = new DataWriter(file.local(), wanted, copy, false, moving);
    boolean whole =
        new BlockReader(file.local(), wanted, 1, log::allowStop)
            .read(
                hashes,
                (offset, piece) -> {
                  writer.write(offset, piece);
                  return true;
                });
    writer.end(wanted.size());
    file.became(hashes);
    return whole;
  }

  /** Makes it from the target's old one and what differs. */
  Result rebuild(LargeFile file, OpenFile old, FileStatus there, BlockDelta delta)
      throws IOException {
    return make(
        file,
        temporaries.next(),
        copy -> {
          boolean shared = new FileContent(copy).cloneOf(old);
          if (!shared) {
            FileCopy.Progress rest = new EarlyWriteback(copy, _ -> log.allowStop());
            boolean sparse = there.allocated() < there.size();
            delta.eachSame(
                (start, length) -> FileCopy.copyPart(old, sparse, start, length, copy, rest));
          }
          DataWriter writer = new DataWriter(file.local(), file.wanted(), copy, shared, moving);
          boolean still = delta.write(writer, log::allowStop);
          writer.end(file.wanted().size());
          return still && old.status().sameState(there);
        });
  }

  private Result make(LargeFile file, EntryName made, Filling filling) throws IOException {
    FolderChanges changes = file.to().changes();
    try (OpenFile copy = changes.createFile(made)) {
      // The lock tells the living from the dead.
      if (!copy.tryLock() || !filling.into(copy) || !isWhole(file, copy)) {
        changes.removeFile(made);
        return Result.RESTLESS;
      }
      file.metadata().imposeOnNew(copy.inode(), copy.status());
      file.isNow(copy.status());
      if (file.before() != null) {
        // Whatever the file system does with a rename, the name never loses both contents.
        new FileContent(copy).sync();
      }
      copy.finish();
      if (!made.equals(file.name())) {
        disposal.replace(file.to(), made, file.name());
      }
      return Result.DONE;
    } catch (IOException e) {
      throw TreeApplier.giveUp(changes, made, e);
    } catch (PassLog.StopRequested | SourceLostException stop) {
      if (!TornFiles.isCopy(made)) {
        changes.removeFile(made);
      }
      throw stop;
    }
  }

  private static boolean isWhole(LargeFile file, OpenFile copy) throws IOException {
    return file.isStill() && copy.status().size() == file.wanted().size();
  }
}
