package org.gemel.mirror.link;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.gemel.mirror.SourceFolder;
import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.ExtendedAttributes;
import org.gemel.mirror.system.FileStatus;
import org.gemel.mirror.system.PackedAttributes;
import org.gemel.mirror.system.PackedForm;
import org.gemel.mirror.system.PackedForm.BrokenFormException;
import org.gemel.mirror.system.PackedStatus;

/**
 * Takes the answer to a request for files off its line, and hands each file on when its head has
 * come. Whatever the receiver does, all of the answer is taken, or the line could not be used
 * again.
 */
final class ArrivingFiles {
  /** A file that could not be had, or not be put where it goes. */
  record Failed(EntryName name, IOException why) {}

  private final Connection line;
  private final int request;
  private final List<EntryName> names;
  private final Runnable cancel;
  private final List<Failed> failures = new ArrayList<>();
  private ByteBuffer pack = ByteBuffer.allocate(0);
  private boolean ended;
  private boolean asked;

  ArrivingFiles(Connection line, int request, List<EntryName> names, Runnable cancel) {
    this.line = line;
    this.request = request;
    this.names = names;
    this.cancel = cancel;
  }

  /** Hands on all files; returns those that failed. */
  List<Failed> handOnTo(SourceFolder.Receiver receiver) throws IOException {
    try {
      int next = 0;
      while (nextPack()) {
        PackedForm.need(pack, 8, "a record");
        int kind = pack.getInt();
        int index = pack.getInt();
        PackedForm.require(index >= next && index < names.size(), "a file's number", index);
        next = index + 1;
        EntryName name = names.get(index);
        switch (kind) {
          case FileRecord.FILE -> file(name, receiver);
          case FileRecord.FAILED -> failures.add(new Failed(name, FailureForm.read(pack)));
          default -> throw new BrokenFormException("found record " + kind + ", wanted a file");
        }
      }
      return failures;
    } catch (RuntimeException e) {
      takeRest(e);
      throw e;
    }
  }

  private void file(EntryName name, SourceFolder.Receiver receiver) throws IOException {
    FileStatus status = PackedStatus.read(pack);
    ExtendedAttributes attributes = PackedAttributes.read(pack);
    RemoteSourceFile file = new RemoteSourceFile(status, attributes, this, name);
    try {
      receiver.file(name, file);
    } catch (LinkLostException | BrokenFormException e) {
      throw e;
    } catch (IOException e) {
      failures.add(new Failed(name, e));
    }
    file.skip();
  }

  /** Takes what is left and is not wanted. */
  private void takeRest(RuntimeException why) {
    cancel();
    try {
      while (!ended) {
        if (asked) {
          take(HeldFile.NOTHING, out -> {});
        }
        FrameType type = receive().type();
        asked = type == FrameType.CHOOSE;
        ended = type == FrameType.READ_END;
      }
    } catch (IOException e) {
      why.addSuppressed(e);
    }
  }

  void cancel() {
    cancel.run();
  }

  /** Sees to it that there is a record to read; false at the end of the answer. */
  private boolean nextPack() throws IOException {
    while (!pack.hasRemaining()) {
      Frame frame = receive();
      switch (frame.type()) {
        case PACK -> pack = frame.payload();
        case READ_END -> {
          ended = true;
          return false;
        }
        default ->
            throw new BrokenFormException("found a frame " + frame.type() + ", wanted files");
      }
    }
    return true;
  }

  private Frame receive() throws IOException {
    try {
      Frame frame = line.receive();
      Requests.requireOf(request, frame);
      return frame;
    } catch (BrokenFormException e) {
      throw e;
    } catch (IOException e) {
      throw new LinkLostException(LinkWords.of(e), e);
    }
  }

  /** What comes next of the file whose head came last: content in a frame, or records. */
  Frame nextOfFile() throws IOException {
    Frame frame = receive();
    switch (frame.type()) {
      case PACK -> pack = frame.payload();
      case CHOOSE -> asked = true;
      case CONTENT, HASHES -> {}
      default ->
          throw new BrokenFormException("found a frame " + frame.type() + ", wanted content");
    }
    return frame;
  }

  /** Whether the other end waits to be told what of the file is wanted. */
  boolean isAsked() {
    return asked;
  }

  /** Says what of the file is wanted; the other end has asked. */
  void take(int what, Connection.Filler filler) throws IOException {
    asked = false;
    line.send(
        FrameType.TAKE,
        request,
        out -> {
          out.putInt(what);
          filler.fill(out);
        });
  }

  /** Records that have come and were not read. */
  ByteBuffer pack() {
    return pack;
  }
}
