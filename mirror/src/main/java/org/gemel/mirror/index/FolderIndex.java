package org.gemel.mirror.index;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32C;
import org.gemel.mirror.system.EntryTable;
import org.gemel.mirror.system.FileIdentity;
import org.gemel.mirror.system.Timestamp;
import org.jspecify.annotations.Nullable;

/**
 * The records of a pair of trees in one file: a header, then records one after the other, each with
 * its length and sum; a later one of the same folder replaces the earlier. New ones are appended
 * while a pass is at work and count only when {@link #commit} has moved the header's length behind
 * them, which is done after the target is durable. So a crash at any point leaves the records of
 * the pass before.
 *
 * <p>May be used by several threads.
 */
public final class FolderIndex implements AutoCloseable {
  private static final String NAME = "folders";
  private static final int PREFIX = 8;

  /** Where a source file was when its folder was last made equal. */
  public record Location(FolderRecord folder, int row) {}

  private final Path path;
  private FileChannel file;
  private IndexHeader header;
  private InodeOffsets offsets = new InodeOffsets();
  private long end;
  private long dead;

  private FolderIndex(Path path, FileChannel file, IndexHeader header) {
    this.path = path;
    this.file = file;
    this.header = header;
    this.end = header.length();
  }

  /**
   * Opens the index in a folder, which is made if it is missing. One of other trees or filters, and
   * one that is damaged, is begun anew.
   *
   * @param source the source's root
   * @param filters a sum over what is left out
   */
  public static FolderIndex open(
      Path folder, FileIdentity source, FileIdentity target, long filters) throws IOException {
    Files.createDirectories(folder);
    Path path = folder.resolve(NAME);
    FileChannel file =
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      if (!isLocked(file)) {
        throw new IOException(
            path + ": found it in use by another pass, wanted an index for this one");
      }
      IndexHeader fresh =
          new IndexHeader(source, target, filters, new Timestamp(0, 0), IndexHeader.BYTES);
      Optional<IndexHeader> found =
          IndexHeader.read(file)
              .filter(each -> each.source().equals(source) && each.target().equals(target))
              .filter(each -> each.filters() == filters && each.length() <= size(file));
      FolderIndex index = new FolderIndex(path, file, found.orElse(fresh));
      index.load();
      return index;
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private static boolean isLocked(FileChannel file) throws IOException {
    try {
      return file.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      // By another pass of this process: a server may have two for one tree, of which one is a
      // plan.
      return false;
    }
  }

  private static long size(FileChannel file) {
    try {
      return file.size();
    } catch (IOException e) {
      return 0;
    }
  }

  private void load() throws IOException {
    file.truncate(end);
    ByteBuffer prefix = ByteBuffer.allocate(PREFIX + 16);
    long at = IndexHeader.BYTES;
    while (at < end) {
      prefix.clear();
      if (file.read(prefix, at) < prefix.capacity()) {
        break;
      }
      int length = prefix.getInt(0);
      if (length < 16 || at + PREFIX + padded(length) > end) {
        break;
      }
      note(FolderRecord.inode(prefix, PREFIX), at, length);
      at += PREFIX + padded(length);
    }
    // What cannot be read through is as if it had never been written.
    end = at;
  }

  private void note(long inode, long at, int length) {
    if (offsets.put(inode, at) >= 0) {
      dead += PREFIX + padded(length);
    }
  }

  /** When the last pass that was committed here began; zero if there was none. */
  public synchronized Timestamp begun() {
    return header.begun();
  }

  /** How many folders are remembered. */
  public synchronized int size() {
    return offsets.size();
  }

  /** What is remembered of a folder of the source. */
  public synchronized Optional<FolderRecord> find(FileIdentity source) {
    long at = offsets.get(source.inode());
    return at < 0 ? Optional.empty() : read(at).filter(each -> each.source().equals(source));
  }

  private Optional<FolderRecord> read(long at) {
    try {
      ByteBuffer prefix = ByteBuffer.allocate(PREFIX);
      if (file.read(prefix, at) < PREFIX) {
        return Optional.empty();
      }
      byte[] record = new byte[prefix.getInt(0)];
      ByteBuffer rest = ByteBuffer.wrap(record);
      if (file.read(rest, at + PREFIX) < record.length || sum(record) != prefix.getInt(4)) {
        return Optional.empty();
      }
      return Optional.of(FolderRecord.of(record));
    } catch (IOException | IllegalArgumentException damaged) {
      return Optional.empty();
    }
  }

  /** Remembers a folder; counts from the next {@link #commit} on. */
  public synchronized void put(FolderRecord record) throws IOException {
    byte[] bytes = record.bytes();
    ByteBuffer out = ByteBuffer.allocate(PREFIX + padded(bytes.length));
    out.putInt(bytes.length).putInt(sum(bytes)).put(bytes).clear();
    long at = end;
    while (out.hasRemaining()) {
      file.write(out, at + out.position());
    }
    end += out.capacity();
    note(record.source().inode(), at, bytes.length);
  }

  /** Finds where files were: one look at everything that is remembered. */
  public synchronized Map<FileIdentity, Location> locate(Set<FileIdentity> files) {
    Map<FileIdentity, Location> found = new HashMap<>();
    long at = IndexHeader.BYTES;
    while (at < end && found.size() < files.size()) {
      @Nullable FolderRecord record = read(at).orElse(null);
      int length = length(at);
      if (length < 0) {
        break;
      }
      if (record != null && offsets.get(record.source().inode()) == at) {
        EntryTable table = record.table();
        for (int row = 0; row < table.size(); row++) {
          FileIdentity identity = table.identity(row);
          if (files.contains(identity)) {
            found.putIfAbsent(identity, new Location(record, row));
          }
        }
      }
      at += PREFIX + padded(length);
    }
    return found;
  }

  private int length(long at) {
    try {
      ByteBuffer prefix = ByteBuffer.allocate(PREFIX);
      return file.read(prefix, at) < PREFIX ? -1 : prefix.getInt(0);
    } catch (IOException e) {
      return -1;
    }
  }

  /**
   * Makes what was put count. The target must be durable.
   *
   * @param begun when the pass began
   */
  public synchronized void commit(Timestamp begun) throws IOException {
    if (dead > end / 2 && dead > 1024 * 1024) {
      compact(begun);
      return;
    }
    file.force(false);
    header = new IndexHeader(header.source(), header.target(), header.filters(), begun, end);
    header.write(file);
    file.force(false);
  }

  private void compact(Timestamp begun) throws IOException {
    Path other = path.resolveSibling(NAME + ".new");
    FileChannel copy =
        FileChannel.open(
            other,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    InodeOffsets kept = new InodeOffsets();
    long to = IndexHeader.BYTES;
    for (long at = IndexHeader.BYTES; at < end; ) {
      ByteBuffer prefix = ByteBuffer.allocate(PREFIX + 16);
      file.read(prefix, at);
      int whole = PREFIX + padded(prefix.getInt(0));
      long inode = FolderRecord.inode(prefix, PREFIX);
      if (offsets.get(inode) == at) {
        ByteBuffer record = ByteBuffer.allocate(whole);
        file.read(record, at);
        copy.write(record.flip(), to);
        kept.put(inode, to);
        to += whole;
      }
      at += whole;
    }
    IndexHeader next =
        new IndexHeader(header.source(), header.target(), header.filters(), begun, to);
    next.write(copy);
    copy.force(true);
    if (copy.tryLock() == null) {
      throw new IOException(other + ": found it in use, wanted it for this pass");
    }
    Files.move(other, path, StandardCopyOption.ATOMIC_MOVE);
    file.close();
    file = copy;
    header = next;
    offsets = kept;
    end = to;
    dead = 0;
  }

  private static int padded(int length) {
    return (length + 7) & ~7;
  }

  private static int sum(byte[] bytes) {
    CRC32C sum = new CRC32C();
    sum.update(bytes, 0, bytes.length);
    return (int) sum.getValue();
  }

  @Override
  public synchronized void close() throws IOException {
    file.close();
  }
}
