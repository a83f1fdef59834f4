package org.gemel.mirror.watch;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.gemel.mirror.system.EntryName;
import org.jspecify.annotations.Nullable;

/** Reads what the kernel writes: {@code struct inotify_event} of {@code inotify(7)}. */
final class InotifyEvents {
  static final int MODIFY = 0x2;
  static final int ATTRIBUTES = 0x4;
  static final int CLOSED_AFTER_WRITING = 0x8;
  static final int MOVED_FROM = 0x40;
  static final int MOVED_TO = 0x80;
  static final int CREATE = 0x100;
  static final int DELETE = 0x200;
  static final int ITSELF_DELETED = 0x400;
  static final int ITSELF_MOVED = 0x800;
  static final int UNMOUNTED = 0x2000;
  static final int OVERFLOW = 0x4000;
  static final int WATCH_ENDED = 0x8000;
  static final int ON_FOLDER = 0x40000000;

  private static final int HEADER = 16;

  private InotifyEvents() {}

  /**
   * One event.
   *
   * @param cookie joins the two halves of a move
   * @param name null for the watched folder itself
   */
  record Event(int watch, int mask, int cookie, @Nullable EntryName name) {
    boolean has(int flag) {
      return (mask & flag) != 0;
    }
  }

  /**
   * The events in a buffer.
   *
   * @throws IllegalArgumentException if it is no such buffer
   */
  static List<Event> parse(byte[] buffer) {
    ByteBuffer bytes = ByteBuffer.wrap(buffer).order(ByteOrder.nativeOrder());
    List<Event> events = new ArrayList<>();
    int at = 0;
    while (at < buffer.length) {
      int length = buffer.length - at >= HEADER ? bytes.getInt(at + 12) : -1;
      if (length < 0 || length > buffer.length - at - HEADER) {
        throw new IllegalArgumentException(
            "found a name of " + length + " bytes in the kernel's events, wanted it to fit");
      }
      events.add(
          new Event(
              bytes.getInt(at),
              bytes.getInt(at + 4),
              bytes.getInt(at + 8),
              name(bytes, at + HEADER, length)));
      at += HEADER + length;
    }
    return events;
  }

  private static @Nullable EntryName name(ByteBuffer bytes, int start, int length) {
    int end = start;
    while (end < start + length && bytes.get(end) != 0) {
      end++;
    }
    if (end == start) {
      return null;
    }
    byte[] name = new byte[end - start];
    bytes.get(start, name);
    return EntryName.of(name);
  }
}
