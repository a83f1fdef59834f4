package org.gemel.mirror.link;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import org.gemel.mirror.Failure;
import org.gemel.mirror.Listing;
import org.gemel.mirror.SourceFolder;
import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.ExtendedAttributes;
import org.gemel.mirror.system.FileStatus;
import org.gemel.mirror.system.PackedAttributes;
import org.gemel.mirror.system.PackedEntries;
import org.gemel.mirror.system.PackedForm;
import org.gemel.mirror.system.PackedForm.BrokenFormException;
import org.gemel.mirror.system.PackedStatus;
import org.gemel.mirror.system.TreePath;
import org.jspecify.annotations.Nullable;

/** Puts requests to the other end, each with the one answer it may have. */
final class Requests {
  private final Lines lines;

  Requests(Lines lines) {
    this.lines = lines;
  }

  /**
   * A folder that is held at the other end.
   *
   * @param listing what it held then, if that was asked for and could be read
   * @param failure why it could not
   */
  record Opened(
      int handle,
      FileStatus status,
      ExtendedAttributes attributes,
      @Nullable Listing listing,
      @Nullable IOException failure) {}

  /** Reads an answer. */
  interface Reading<T> {
    T from(ByteBuffer in) throws IOException;
  }

  /** Takes hold of the folder at a path below a held one. */
  Opened open(int handle, int parent, TreePath path, boolean withList) throws IOException {
    return lines.exchange(
        (line, request) -> {
          line.connection()
              .send(
                  FrameType.OPEN,
                  request,
                  out -> {
                    out.putInt(handle).putInt(parent).putInt(withList ? 1 : 0);
                    PathForm.write(path, out);
                  });
          ByteBuffer in = answer(line, request, FrameType.OPENED).payload();
          FileStatus status = PackedStatus.read(in);
          ExtendedAttributes attributes = PackedAttributes.read(in);
          if (!withList) {
            return new Opened(handle, status, attributes, null, null);
          }
          try {
            return new Opened(handle, status, attributes, listing(line, request), null);
          } catch (Lines.AnsweredException e) {
            return new Opened(handle, status, attributes, null, e.failure());
          }
        });
  }

  Listing list(int handle) throws IOException {
    return lines.exchange(
        (line, request) -> {
          line.connection().send(FrameType.LIST, request, out -> out.putInt(handle));
          return listing(line, request);
        });
  }

  Listing look(int handle, Set<EntryName> names) throws IOException {
    return lines.exchange(
        (line, request) -> {
          line.connection()
              .send(
                  FrameType.LOOK,
                  request,
                  out -> {
                    out.putInt(handle);
                    PathForm.write(List.copyOf(names), out);
                  });
          return listing(line, request);
        });
  }

  <T> T ask(
      Question question, int handle, @Nullable EntryName name, boolean above, Reading<T> reading)
      throws IOException {
    return lines.exchange(
        (line, request) -> {
          line.connection()
              .send(
                  FrameType.ASK,
                  request,
                  out -> {
                    out.putInt(question.code()).putInt(handle).putInt(above ? 1 : 0);
                    PathForm.write(name == null ? List.of() : List.of(name), out);
                  });
          return reading.from(answer(line, request, FrameType.ANSWER).payload());
        });
  }

  /** Asks for files and hands each on while it comes in; failures last, when the line is free. */
  void read(int handle, List<EntryName> names, SourceFolder.Receiver receiver) throws IOException {
    List<ArrivingFiles.Failed> failures =
        lines.exchange(
            (line, request) -> {
              line.connection()
                  .send(
                      FrameType.READ,
                      request,
                      out -> {
                        out.putInt(handle);
                        PathForm.write(names, out);
                      });
              return new ArrivingFiles(
                      line.connection(), request, names, () -> lines.cancel(line, request))
                  .handOnTo(receiver);
            });
    failures.forEach(each -> receiver.failed(each.name(), each.why()));
  }

  int nextFolder() {
    return lines.nextFolder();
  }

  void release(int handle) {
    lines.release(handle);
  }

  /** Waits for a request's answer of a type. */
  private static Frame answer(Lines.Line line, int request, FrameType wanted) throws IOException {
    Frame frame = line.connection().receive();
    requireOf(request, frame);
    if (frame.type() == FrameType.FAILED) {
      throw new Lines.AnsweredException(FailureForm.read(frame.payload()));
    }
    if (frame.type() != wanted) {
      throw new BrokenFormException("found a frame " + frame.type() + ", wanted " + wanted);
    }
    return frame;
  }

  static void requireOf(int request, Frame frame) throws BrokenFormException {
    PackedForm.require(
        frame.request() == request, "an answer to request " + request, frame.request());
  }

  private static Listing listing(Lines.Line line, int request) throws IOException {
    PackedEntries.Reader reader = new PackedEntries.Reader();
    while (true) {
      Frame frame = line.connection().receive();
      requireOf(request, frame);
      ByteBuffer in = frame.payload();
      switch (frame.type()) {
        case ENTRIES -> {
          PackedForm.need(in, 4, "a number of entries");
          reader.read(in.getInt(), in);
        }
        case LISTED -> {
          List<EntryName> temporaries = PathForm.readNames(in);
          return new Listing(reader.table(), temporaries, failures(in));
        }
        case FAILED -> throw new Lines.AnsweredException(FailureForm.read(in));
        default ->
            throw new BrokenFormException("found a frame " + frame.type() + ", wanted a listing");
      }
    }
  }

  private static List<Failure> failures(ByteBuffer in) throws IOException {
    PackedForm.need(in, 4, "a number of failures");
    int count = in.getInt();
    PackedForm.require(count >= 0 && count <= in.remaining() / 8, "a number of failures", count);
    List<Failure> failures = new java.util.ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      failures.add(new Failure(PathForm.read(in), Words.read(in)));
    }
    return failures;
  }
}
