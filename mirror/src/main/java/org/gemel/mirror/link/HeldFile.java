package org.gemel.mirror.link;

import static org.gemel.mirror.index.BlockHashes.BLOCK;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.BitSet;
import org.gemel.mirror.BlockHashing;
import org.gemel.mirror.index.BlockHashes;
import org.gemel.mirror.system.FileContent;
import org.gemel.mirror.system.FileStatus;
import org.gemel.mirror.system.FileType;
import org.gemel.mirror.system.OpenFile;
import org.gemel.mirror.system.PackedForm;
import org.gemel.mirror.system.PackedForm.BrokenFormException;

/**
 * A large file that is open to be sent: none of it goes before the other end has said what it
 * wants, and each time it got that it is asked again. It ends when all was sent, when the other end
 * wants no more, and as soon as it is seen to have changed.
 */
final class HeldFile {
  /** From this size on files are held. */
  static final long LEAST = 8L * 1024 * 1024;

  /** What is wanted: nothing more; how it ended is of no interest. */
  static final int NOTHING = 0;

  /** All of it; it is not asked again. */
  static final int WHOLE = 1;

  /** The hashes of its blocks up to a place (8). */
  static final int HASHES = 2;

  /** Blocks: numbers of first ones and of those after the last, in their order. */
  static final int PARTS = 3;

  /** Nothing more, but whether it held still. */
  static final int END = 4;

  static final int HASH = 8;

  /** How many hashes a frame holds. */
  static final int MOST_HASHES = Connection.LARGEST / HASH;

  private static final int MOST_PARTS = 8192;

  private final FileSender sender;
  private final OpenFile file;
  private final FileStatus opened;
  private final ContentHash hash;

  HeldFile(FileSender sender, OpenFile file, FileStatus opened, ContentHash hash) {
    this.sender = sender;
    this.file = file;
    this.opened = opened;
    this.hash = hash;
  }

  /** Whether a file is held before it is sent. */
  static boolean isHeld(FileStatus file) {
    return file.type() == FileType.FILE
        && file.size() >= LEAST
        && file.size() <= BlockHashes.LARGEST_FILE;
  }

  /** Sends what is wanted; returns how the file ends. */
  int serve() throws IOException {
    while (true) {
      ByteBuffer in = sender.choice();
      PackedForm.need(in, 4, "what is wanted");
      int what = in.getInt();
      switch (what) {
        case NOTHING -> {
          return FileRecord.CANCELLED;
        }
        case WHOLE -> {
          return sender.whole(file, opened, hash);
        }
        case END -> {
          return isStill() ? FileRecord.STILL : FileRecord.RESTLESS;
        }
        case HASHES -> {
          if (!hashes(in)) {
            return sender.cutOff();
          }
        }
        case PARTS -> {
          if (!parts(in)) {
            return sender.cutOff();
          }
        }
        default -> throw new BrokenFormException("found wish " + what + ", wanted a known one");
      }
    }
  }

  private boolean isStill() throws IOException {
    return file.status().sameState(opened);
  }

  private boolean hashes(ByteBuffer in) throws IOException {
    PackedForm.need(in, 8, "how much is to be hashed");
    long size = in.getLong();
    PackedForm.require(size > 0 && size <= opened.size(), "a part of the file", size);
    BlockHashes hashes = new BlockHashes(size);
    if (!BlockHashing.hash(file, opened, hashes, sender::isUnwanted) || !isStill()) {
      return false;
    }
    sender.hashes(hashes);
    return true;
  }

  private boolean parts(ByteBuffer in) throws IOException {
    FileContent content = new FileContent(file);
    long blocks = BlockHashes.blocks(opened.size());
    int before = 0;
    while (in.hasRemaining()) {
      PackedForm.need(in, 8, "first and last block");
      int from = in.getInt();
      int until = in.getInt();
      PackedForm.require(from >= before && until > from && until <= blocks, "blocks", from);
      before = until;
      long end = Math.min(opened.size(), (long) until * BLOCK);
      for (long at = (long) from * BLOCK; at < end; at += FileSender.PIECE) {
        // What is appended at the other end must be of one state at every instant.
        long pieceEnd = Math.min(end, at + FileSender.PIECE);
        if (!sender.pieces(content, opened, at, pieceEnd, hash, this::isStill)) {
          return false;
        }
      }
    }
    return true;
  }

  /** As many of some blocks as one request holds: the number after the last of them. */
  static int after(BitSet blocks, int first) {
    int until = blocks.nextClearBit(first);
    for (int i = 1; i < MOST_PARTS && blocks.nextSetBit(until) >= 0; i++) {
      until = blocks.nextClearBit(blocks.nextSetBit(until));
    }
    return until;
  }

  /** Writes which of some blocks are wanted. */
  static void write(BitSet blocks, int first, int after, ByteBuffer out) {
    int from = first;
    while (from >= 0 && from < after) {
      int until = blocks.nextClearBit(from);
      out.putInt(from).putInt(until);
      from = blocks.nextSetBit(until);
    }
  }
}
