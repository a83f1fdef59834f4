package org.gemel.mirror.link;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.BitSet;
import org.gemel.mirror.SourceFile;
import org.gemel.mirror.SourceParts;
import org.gemel.mirror.index.BlockHashes;
import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.ExtendedAttributes;
import org.gemel.mirror.system.FileContent;
import org.gemel.mirror.system.FileCopy;
import org.gemel.mirror.system.FileStatus;
import org.gemel.mirror.system.OpenFile;
import org.gemel.mirror.system.PackedForm;
import org.gemel.mirror.system.PackedForm.BrokenFormException;
import org.gemel.mirror.system.SystemCallException;
import org.jspecify.annotations.Nullable;

/**
 * A file that is coming in. Its pieces come in the order of their places, none twice and none
 * beyond its size; at its end the hash of what came must be the one of what was read at the source.
 */
final class RemoteSourceFile implements SourceFile, SourceParts {
  private static final int EIO = 5;
  private static final long WORTH_CANCELLING = 4L * 1024 * 1024;

  private final FileStatus status;
  private final ExtendedAttributes attributes;
  private final ArrivingFiles files;
  private final EntryName name;
  private final ContentHash hash = new ContentHash();
  private long next;
  private boolean ended;
  private boolean held;
  private boolean bringing;
  private int how;

  RemoteSourceFile(
      FileStatus status, ExtendedAttributes attributes, ArrivingFiles files, EntryName name) {
    this.status = status;
    this.attributes = attributes;
    this.files = files;
    this.name = name;
    this.held = HeldFile.isHeld(status);
  }

  /** Takes what nobody wants any more. */
  private static final Taker NOBODY = (offset, piece) -> {};

  /** What is done with each piece. */
  private interface Taker {
    void take(long offset, ByteBuffer piece) throws IOException;
  }

  @Override
  public FileStatus status() {
    return status;
  }

  @Override
  public ExtendedAttributes attributes() {
    return attributes;
  }

  @Override
  public boolean copyTo(OpenFile copy, FileCopy.Progress progress) throws IOException {
    FileContent content = new FileContent(copy);
    takeWhole();
    takeAll(
        (offset, piece) -> {
          int length = piece.remaining();
          content.write(offset, piece);
          progress.copied(length);
        });
    if (next < status.size() && how == FileRecord.STILL) {
      content.length(status.size());
    }
    return how == FileRecord.STILL;
  }

  @Override
  public boolean hasContentOf(OpenFile other, Runnable allowStop) throws IOException {
    ContentMatch match = new ContentMatch(other, allowStop);
    takeWhole();
    takeAll(match::piece);
    return match.endsAt(status.size()) && how == FileRecord.STILL;
  }

  @Override
  public @Nullable SourceParts parts() {
    return held && !ended ? this : null;
  }

  @Override
  public boolean isStill() {
    return !ended || how == FileRecord.STILL;
  }

  @Override
  public boolean hash(BlockHashes into) throws IOException {
    if (!choose(HeldFile.HASHES, out -> out.putLong(into.size()))) {
      return false;
    }
    for (int from = 0; !ended && from < into.count(); ) {
      Frame frame = files.pack().hasRemaining() ? null : files.nextOfFile();
      if (frame != null && frame.type() == FrameType.HASHES) {
        from += read(frame, into, from);
      } else {
        require(frame == null || frame.type() == FrameType.PACK, "hashes");
        step(RemoteSourceFile::refuse);
      }
    }
    return !ended;
  }

  @Override
  public boolean bring(BitSet blocks, SourceParts.Taker taker) throws IOException {
    bringing = true;
    for (int from = blocks.nextSetBit(0); from >= 0; ) {
      int first = from;
      int after = HeldFile.after(blocks, first);
      if (!choose(HeldFile.PARTS, out -> HeldFile.write(blocks, first, after, out))) {
        return false;
      }
      while (!ended && !files.isAsked()) {
        step(
            (offset, piece) -> {
              requireWanted(blocks, offset, piece.remaining());
              taker.take(offset, piece);
            });
      }
      if (ended) {
        return false;
      }
      from = blocks.nextSetBit(after);
    }
    bringing = false;
    return true;
  }

  @Override
  public void end() throws IOException {
    if (choose(HeldFile.END, out -> {})) {
      while (!ended) {
        step(RemoteSourceFile::refuse);
        require(ended || !files.isAsked(), "the end of the file");
      }
    }
  }

  private static int read(Frame frame, BlockHashes into, int from) throws BrokenFormException {
    int count = Math.min(HeldFile.MOST_HASHES, into.count() - from);
    int found = frame.payload().remaining();
    PackedForm.require(frame.argument() == from, "hashes from " + from, frame.argument());
    PackedForm.require(found == count * HeldFile.HASH, "hashes of " + count + " blocks", found);
    into.read(from, from + count, frame.payload());
    return count;
  }

  private static void require(boolean right, String wanted) throws BrokenFormException {
    if (!right) {
      throw new BrokenFormException("found a frame of another kind, wanted " + wanted);
    }
  }

  private static void requireWanted(BitSet blocks, long offset, int length)
      throws BrokenFormException {
    int first = (int) (offset / BlockHashes.BLOCK);
    int last = (int) ((offset + length - 1) / BlockHashes.BLOCK);
    PackedForm.require(
        blocks.get(first) && blocks.nextClearBit(first) > last, "a block asked for", first);
  }

  private static void refuse(long offset, ByteBuffer piece) throws BrokenFormException {
    throw new BrokenFormException("found a piece at " + offset + ", wanted the end of the file");
  }

  /** Says what is wanted next; false if the file has ended. */
  private boolean choose(int what, Connection.Filler filler) throws IOException {
    while (!ended && !files.isAsked()) {
      step(RemoteSourceFile::refuse);
    }
    if (!ended) {
      files.take(what, filler);
    }
    return !ended;
  }

  private void takeWhole() throws IOException {
    if (held) {
      choose(HeldFile.WHOLE, out -> {});
      held = false;
    }
  }

  /** Takes what was not taken. */
  void skip() throws IOException {
    boolean coming = !held || (bringing && !files.isAsked());
    if (!ended && coming && status.size() - next > WORTH_CANCELLING) {
      files.cancel();
    }
    while (!ended) {
      try {
        if (files.isAsked()) {
          files.take(HeldFile.NOTHING, out -> {});
        }
        step(NOBODY);
      } catch (BrokenFormException | LinkLostException e) {
        throw e;
      } catch (IOException unwanted) {
        // How it ended is of no interest any more: the receiver has given it up.
        assert ended;
      }
    }
  }

  private void takeAll(Taker taker) throws IOException {
    while (!ended) {
      step(taker);
    }
  }

  private void step(Taker taker) throws IOException {
    ByteBuffer pack = files.pack();
    if (!pack.hasRemaining()) {
      Frame frame = files.nextOfFile();
      switch (frame.type()) {
        case CONTENT -> take(frame.argument(), frame.payload(), frame.hash(), taker);
        case CHOOSE -> require(held, "all of the file");
        case HASHES -> require(held && taker == NOBODY, "content");
        default -> {}
      }
      return;
    }
    PackedForm.need(pack, 8, "a record");
    int kind = pack.getInt();
    int number = pack.getInt();
    switch (kind) {
      case FileRecord.DATA -> piece(pack, number, taker);
      case FileRecord.END -> end(pack, number);
      default ->
          throw new BrokenFormException("found record " + kind + ", wanted a piece of a file");
    }
  }

  private void piece(ByteBuffer pack, int length, Taker taker) throws IOException {
    PackedForm.need(pack, 8, "the place of a piece");
    long offset = pack.getLong();
    PackedForm.need(pack, length, "a piece");
    int at = pack.position();
    ByteBuffer piece = pack.slice(at, length).order(ByteOrder.LITTLE_ENDIAN);
    pack.position(at + length);
    take(offset, piece, FrameSeal.contentHash(piece, 0, length), taker);
  }

  private void take(long offset, ByteBuffer piece, long pieceHash, Taker taker) throws IOException {
    int length = piece.remaining();
    boolean fits = offset >= next && length > 0 && offset <= status.size() - length;
    PackedForm.require(fits, "a piece that follows and fits in the file", offset);
    hash.add(offset, length, pieceHash);
    next = offset + length;
    taker.take(offset, piece);
    piece.position(piece.limit());
  }

  private void end(ByteBuffer pack, int found) throws IOException {
    PackedForm.need(pack, 8, "the hash of a file");
    long wanted = pack.getLong();
    PackedForm.require(found >= 0 && found <= FileRecord.BROKEN, "the end of a file", found);
    ended = true;
    how = found;
    if (found == FileRecord.BROKEN) {
      throw FailureForm.read(pack);
    }
    if (wanted != hash.value()) {
      throw SystemCallException.elsewhere(
          "the content is not what was read at the source; link or memory damaged it",
          EIO,
          name.toString());
    }
  }
}
