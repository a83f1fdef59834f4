package org.gemel.agent.journal;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * One entry of the journal file: magic number, length, CRC32C, kind, content.
 *
 * <p>The checksum covers the length too, and no frame is empty: a tail of zeros, as file systems
 * leave after a power cut, is no frame.
 */
record Frame(Kind kind, ByteString content) {
  /** What a frame says. */
  enum Kind {
    /** A command was taken on. */
    BEGUN(1),
    /** A command has this outcome. */
    FINISHED(2),
    /** The control point keeps the outcome; it need not be kept here. */
    FORGOTTEN(3),
    /** This acting epoch was heard of. */
    EPOCH(4);

    private final int number;

    Kind(int number) {
      this.number = number;
    }

    static Kind of(int number, String name) throws JournalDamagedException {
      for (Kind kind : values()) {
        if (kind.number == number) {
          return kind;
        }
      }
      throw new JournalDamagedException(
          "found an entry of kind "
              + number
              + " in "
              + name
              + ", wanted one this release knows: a newer release wrote it, run that one");
    }
  }

  /** The frames of a file, and the length up to which they are whole. */
  record Contents(List<Frame> frames, int wholeLength) {}

  private static final int MAGIC = 0x474A4631;
  private static final int HEADER = 12;

  byte[] encoded() {
    int length = content.size() + 1;
    ByteBuffer buffer = ByteBuffer.allocate(HEADER + length);
    buffer.putInt(MAGIC).putInt(length).putInt(0).put((byte) kind.number);
    content.copyTo(buffer.array(), HEADER + 1);
    buffer.putInt(8, checksum(buffer.array(), 0, length));
    return buffer.array();
  }

  /**
   * Reads all frames. Only the last append can be torn, for each was synced before the next: so
   * broken bytes with a whole frame behind them are damage, not a crash.
   */
  static Contents read(byte[] file, String name) throws JournalDamagedException {
    List<Frame> frames = new ArrayList<>();
    int at = 0;
    while (isFrame(file, at)) {
      int length = ByteBuffer.wrap(file).getInt(at + 4);
      Kind kind = Kind.of(file[at + HEADER], name);
      frames.add(new Frame(kind, ByteString.copyFrom(file, at + HEADER + 1, length - 1)));
      at += HEADER + length;
    }
    for (int behind = at + 1; behind < file.length; behind++) {
      if (isFrame(file, behind)) {
        throw new JournalDamagedException(
            "found broken bytes from "
                + at
                + " to "
                + behind
                + " in the middle of "
                + name
                + ", wanted whole entries: check the disk, then look what the device really did"
                + " before the file is moved away");
      }
    }
    return new Contents(frames, at);
  }

  private static boolean isFrame(byte[] file, int at) {
    if (file.length - at < HEADER + 1) {
      return false;
    }
    ByteBuffer buffer = ByteBuffer.wrap(file);
    int length = buffer.getInt(at + 4);
    return buffer.getInt(at) == MAGIC
        && length >= 1
        && length <= file.length - at - HEADER
        && buffer.getInt(at + 8) == checksum(file, at, length);
  }

  private static int checksum(byte[] file, int at, int length) {
    CRC32C checksum = new CRC32C();
    checksum.update(file, at + 4, 4);
    checksum.update(file, at + HEADER, length);
    return (int) checksum.getValue();
  }
}
