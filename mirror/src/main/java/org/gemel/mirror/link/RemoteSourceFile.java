package org.gemel.mirror.link;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.gemel.mirror.SourceFile;
import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.ExtendedAttributes;
import org.gemel.mirror.system.FileContent;
import org.gemel.mirror.system.FileCopy;
import org.gemel.mirror.system.FileStatus;
import org.gemel.mirror.system.OpenFile;
import org.gemel.mirror.system.PackedForm;
import org.gemel.mirror.system.PackedForm.BrokenFormException;
import org.gemel.mirror.system.SystemCallException;

/**
 * A file that is coming in. Its pieces come in the order of their places, none twice and none
 * beyond its size; at its end the hash of what came must be the one of what was read at the source.
 */
final class RemoteSourceFile implements SourceFile {
  private static final int EIO = 5;
  private static final long WORTH_CANCELLING = 4L * 1024 * 1024;

  private final FileStatus status;
  private final ExtendedAttributes attributes;
  private final ArrivingFiles files;
  private final EntryName name;
  private final ContentHash hash = new ContentHash();
  private long next;
  private boolean ended;
  private int how;

  RemoteSourceFile(
      FileStatus status, ExtendedAttributes attributes, ArrivingFiles files, EntryName name) {
    this.status = status;
    this.attributes = attributes;
    this.files = files;
    this.name = name;
  }

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
    takeAll(match::piece);
    return match.endsAt(status.size()) && how == FileRecord.STILL;
  }

  /** Takes what was not taken. */
  void skip() throws IOException {
    if (!ended && status.size() - next > WORTH_CANCELLING) {
      files.cancel();
    }
    while (!ended) {
      try {
        step((offset, piece) -> {});
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
      if (frame.type() == FrameType.CONTENT) {
        ByteBuffer piece = frame.payload();
        take(frame.argument(), piece, frame.hash(), taker);
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
