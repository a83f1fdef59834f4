package org.gemel.mirror.link;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.IntPredicate;
import org.gemel.mirror.index.BlockHashes;
import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.FileClock;
import org.gemel.mirror.system.FileContent;
import org.gemel.mirror.system.FileStatus;
import org.gemel.mirror.system.FileType;
import org.gemel.mirror.system.Folder;
import org.gemel.mirror.system.OpenFile;
import org.gemel.mirror.system.PackedForm.BrokenFormException;
import org.gemel.mirror.system.PackedStatus;

/**
 * Answers a request for files. Heads, ends and small contents are packed into frames together, so
 * that thousands of files are a few frames; larger content goes in frames of its own, read to where
 * it is sent from. What is read is hashed here, before anything else touches it.
 */
final class FileSender {
  /** Content of up to this size is packed with others. */
  static final int SMALL = 64 * 1024;

  /** The size of a piece of larger content: small enough to stay in the processor's cache. */
  static final int PIECE = 512 * 1024;

  private static final int ROOM_FOR_END = 64 * 1024;
  private static final int DATA_HEAD = 16;

  private final Connection line;
  private final IntPredicate cancelled;
  private int request;
  private ByteBuffer pack;

  FileSender(Connection line, IntPredicate cancelled) {
    this.line = line;
    this.cancelled = cancelled;
    this.pack = line.begin();
  }

  /** Sends files of a folder in the order of their names; a failure concerns one file only. */
  void send(int number, Folder folder, List<EntryName> names) throws IOException {
    request = number;
    pack = line.begin();
    for (int i = 0; i < names.size() && !cancelled.test(request); i++) {
      try (OpenFile file = open(folder, names.get(i), i)) {
        if (file != null) {
          send(file, i);
        }
      }
    }
    flush();
    line.send(FrameType.READ_END, request);
  }

  private @org.jspecify.annotations.Nullable OpenFile open(Folder folder, EntryName name, int index)
      throws IOException {
    try {
      return folder.openFile(name);
    } catch (IOException e) {
      failed(index, e);
      return null;
    }
  }

  private void failed(int index, IOException why) throws IOException {
    room(ROOM_FOR_END);
    pack.putInt(FileRecord.FAILED);
    pack.putInt(index);
    FailureForm.write(why, pack);
  }

  private void send(OpenFile file, int index) throws IOException {
    FileStatus opened;
    try {
      opened = file.status();
      var attributes = file.attributes();
      room(12 + PackedStatus.BYTES + org.gemel.mirror.system.PackedAttributes.bytes(attributes));
      int start = pack.position();
      try {
        pack.putInt(FileRecord.FILE);
        pack.putInt(index);
        PackedStatus.write(opened, pack);
        SourceServer.write(attributes, pack);
      } catch (IOException e) {
        pack.position(start);
        throw e;
      }
    } catch (LinkLostException e) {
      throw e;
    } catch (IOException e) {
      failed(index, e);
      return;
    }
    ContentHash hash = new ContentHash();
    int how = content(file, opened, hash);
    room(ROOM_FOR_END);
    pack.putInt(FileRecord.END);
    pack.putInt(how);
    pack.putLong(hash.value());
    if (how == FileRecord.BROKEN && broken != null) {
      FailureForm.write(broken, pack);
    }
  }

  private @org.jspecify.annotations.Nullable IOException broken;

  private int content(OpenFile file, FileStatus opened, ContentHash hash) throws IOException {
    if (opened.type() != FileType.FILE) {
      return FileRecord.STILL;
    }
    try {
      FileClock.awaitStepAfter(opened.modified());
      if (HeldFile.isHeld(opened)) {
        return new HeldFile(this, file, opened, hash).serve();
      }
      return whole(file, opened, hash);
    } catch (LinkLostException | BrokenFormException e) {
      throw e;
    } catch (IOException e) {
      broken = e;
      return FileRecord.BROKEN;
    }
  }

  /** Sends all of it, and says how it ends. */
  int whole(OpenFile file, FileStatus opened, ContentHash hash) throws IOException {
    if (!pieces(new FileContent(file), opened, 0, opened.size(), hash, () -> true)) {
      return cutOff();
    }
    return file.status().sameState(opened) ? FileRecord.STILL : FileRecord.RESTLESS;
  }

  /** Why what was to be sent was not all sent. */
  int cutOff() {
    return isUnwanted() ? FileRecord.CANCELLED : FileRecord.RESTLESS;
  }

  boolean isUnwanted() {
    return cancelled.test(request);
  }

  /** Asks what is wanted of the file whose head was sent last. */
  ByteBuffer choice() throws IOException {
    flush();
    line.finish(FrameType.CHOOSE, request, 0);
    pack = line.begin();
    Frame frame;
    try {
      frame = line.receive();
    } catch (BrokenFormException e) {
      throw e;
    } catch (IOException e) {
      throw new LinkLostException(LinkWords.of(e), e);
    }
    Requests.requireOf(request, frame);
    if (frame.type() != FrameType.TAKE) {
      throw new BrokenFormException("found a frame " + frame.type() + ", wanted what is taken");
    }
    return frame.payload();
  }

  /** Sends hashes. */
  void hashes(BlockHashes hashes) throws IOException {
    flush();
    int most = HeldFile.MOST_HASHES;
    for (int from = 0; from < hashes.count(); from += most) {
      hashes.write(from, Math.min(hashes.count(), from + most), line.begin());
      line.finish(FrameType.HASHES, request, from);
    }
    pack = line.begin();
  }

  /** Asked when a piece was read and before it is sent. */
  interface Check {
    /** Whether what was read is of the state that is wanted. */
    boolean isStill() throws IOException;
  }

  /**
   * Sends what lies between holes from one place to another; false if the file is shorter than it
   * was, in another state or not wanted.
   */
  boolean pieces(
      FileContent content, FileStatus opened, long from, long size, ContentHash hash, Check check)
      throws IOException {
    boolean holes = opened.allocated() < opened.size();
    long at = from;
    while (at < size) {
      long data = holes ? content.nextData(at) : at;
      if (data < 0 || data >= size) {
        return true;
      }
      long end = holes ? Math.min(size, content.nextHole(data)) : size;
      if (!range(content, data, end, hash, check)) {
        return false;
      }
      at = end;
    }
    return true;
  }

  private boolean range(FileContent content, long from, long to, ContentHash hash, Check check)
      throws IOException {
    long at = from;
    while (at < to) {
      int length = (int) Math.min(to - at, PIECE);
      boolean whole =
          length <= SMALL
              ? small(content, at, length, hash, check)
              : large(content, at, length, hash, check);
      if (!whole || cancelled.test(request)) {
        return false;
      }
      at += length;
    }
    return true;
  }

  private boolean small(FileContent content, long at, int length, ContentHash hash, Check check)
      throws IOException {
    room(DATA_HEAD + length);
    int start = pack.position();
    pack.putInt(FileRecord.DATA);
    pack.putInt(length);
    pack.putLong(at);
    int limit = pack.limit();
    int data = pack.position();
    try {
      pack.limit(data + length);
      if (content.read(at, pack) < length || !check.isStill()) {
        pack.position(start);
        return false;
      }
    } catch (IOException e) {
      pack.position(start);
      throw e;
    } finally {
      pack.limit(limit);
    }
    hash.add(at, length, FrameSeal.contentHash(pack, data, length));
    return true;
  }

  private boolean large(FileContent content, long at, int length, ContentHash hash, Check check)
      throws IOException {
    flush();
    ByteBuffer out = line.begin();
    out.limit(out.position() + length);
    if (content.read(at, out) < length || !check.isStill()) {
      pack = line.begin();
      return false;
    }
    hash.add(at, length, line.finish(FrameType.CONTENT, request, at));
    pack = line.begin();
    return true;
  }

  /** Sees to it that a record fits. */
  private void room(int bytes) throws IOException {
    if (pack.remaining() < bytes) {
      flush();
    }
  }

  private void flush() throws IOException {
    if (pack.position() > Connection.HEADER) {
      line.finish(FrameType.PACK, request, 0);
      pack = line.begin();
    }
  }
}
