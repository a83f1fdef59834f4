package org.gemel.mirror.watch;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.FileHandle;
import org.gemel.mirror.watch.FanotifyEvent.End;

/**
 * Reads what the kernel writes: {@code struct fanotify_event_metadata} and the records after it, of
 * {@code linux/fanotify.h}. With names present nothing is aligned.
 */
final class FanotifyEvents {
  private static final int VERSION = 3;
  private static final int METADATA = 24;
  private static final int RECORD_HEADER = 4;
  private static final int HANDLE_AT = 12;

  private static final int OBJECT = 1;
  private static final int FOLDER_AND_NAME = 2;
  private static final int FOLDER = 3;
  private static final int OLD_FOLDER_AND_NAME = 10;
  private static final int NEW_FOLDER_AND_NAME = 12;

  private FanotifyEvents() {}

  /**
   * The events in a buffer.
   *
   * @throws IllegalArgumentException if it is not what this class knows: then nothing in it may be
   *     trusted
   */
  static List<FanotifyEvent> parse(byte[] buffer) {
    ByteBuffer bytes = ByteBuffer.wrap(buffer).order(ByteOrder.nativeOrder());
    List<FanotifyEvent> events = new ArrayList<>();
    int at = 0;
    while (at < buffer.length) {
      require(buffer.length - at >= METADATA, "an event of less than its header");
      int length = bytes.getInt(at);
      int version = bytes.get(at + 4);
      require(version == VERSION, "events of version " + version);
      require(length >= METADATA && length <= buffer.length - at, "an event of length " + length);
      events.add(event(bytes, at, at + length));
      at += length;
    }
    return events;
  }

  private static FanotifyEvent event(ByteBuffer bytes, int start, int end) {
    End first = null;
    End second = null;
    FileHandle object = null;
    int at = start + (bytes.getShort(start + 6) & 0xFFFF);
    while (at + RECORD_HEADER <= end) {
      int type = bytes.get(at);
      int length = bytes.getShort(at + 2) & 0xFFFF;
      require(length >= RECORD_HEADER && at + length <= end, "a record of length " + length);
      switch (type) {
        case OBJECT -> object = handle(bytes, at, at + length);
        case FOLDER_AND_NAME, FOLDER, OLD_FOLDER_AND_NAME -> first = end(bytes, at, at + length);
        case NEW_FOLDER_AND_NAME -> second = end(bytes, at, at + length);
        default -> {}
      }
      at += length;
    }
    return new FanotifyEvent(bytes.getLong(start + 8), first, second, object);
  }

  private static End end(ByteBuffer bytes, int start, int end) {
    FileHandle folder = handle(bytes, start, end);
    int nameAt = start + HANDLE_AT + FileHandle.HEADER + bytes.getInt(start + HANDLE_AT);
    int nameEnd = nameAt;
    while (nameEnd < end && bytes.get(nameEnd) != 0) {
      nameEnd++;
    }
    byte[] name = copy(bytes, nameAt, nameEnd);
    boolean itself = name.length == 0 || (name.length == 1 && name[0] == '.');
    return new End(folder, itself ? null : EntryName.of(name));
  }

  private static FileHandle handle(ByteBuffer bytes, int start, int end) {
    require(end - start >= HANDLE_AT + FileHandle.HEADER, "a record too short for a file handle");
    int length = bytes.getInt(start + HANDLE_AT);
    int from = start + HANDLE_AT;
    require(length > 0 && length <= end - from - FileHandle.HEADER, "a handle of " + length);
    return FileHandle.of(copy(bytes, from, from + FileHandle.HEADER + length));
  }

  private static byte[] copy(ByteBuffer bytes, int from, int to) {
    byte[] copy = new byte[to - from];
    bytes.get(from, copy);
    return copy;
  }

  private static void require(boolean holds, String found) {
    if (!holds) {
      throw new IllegalArgumentException(
          "found " + found + " in the kernel's events, wanted fanotify's version " + VERSION);
    }
  }
}
