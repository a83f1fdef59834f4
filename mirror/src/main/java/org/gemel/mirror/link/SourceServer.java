package org.gemel.mirror.link;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import org.gemel.mirror.Failure;
import org.gemel.mirror.Listing;
import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.ExtendedAttributes;
import org.gemel.mirror.system.Folder;
import org.gemel.mirror.system.PackedAttributes;
import org.gemel.mirror.system.PackedEntries;
import org.gemel.mirror.system.PackedForm;
import org.gemel.mirror.system.PackedForm.BrokenFormException;
import org.gemel.mirror.system.PackedStatus;
import org.gemel.mirror.system.TreePath;

/**
 * Answers one line's requests about a served tree, one after the other. There is no request that
 * changes anything.
 */
final class SourceServer {
  private static final int ROOM_FOR_FAILURE = 40 * 1024;
  private static final int MOST_ATTRIBUTES = Connection.LARGEST - 64 * 1024;

  private final Connection line;
  private final ServedTree tree;
  private final FileSender files;

  /**
   * @param cancelled whether the peer does not want the rest of the answer to a request
   */
  SourceServer(Connection line, ServedTree tree, IntPredicate cancelled) {
    this.line = line;
    this.tree = tree;
    this.files = new FileSender(line, cancelled);
  }

  /** Answers until the line ends; says by its exception how that came. */
  void run() throws IOException {
    while (true) {
      answer(line.receive());
    }
  }

  private void answer(Frame frame) throws IOException {
    int request = frame.request();
    ByteBuffer in = frame.payload();
    switch (frame.type()) {
      case RELEASE -> release(in);
      case OPEN -> open(request, in);
      case LIST -> list(request, number(in));
      case LOOK -> look(request, in);
      case ASK -> ask(request, in);
      case READ -> read(request, in);
      default ->
          throw new BrokenFormException("found a frame " + frame.type() + ", wanted a request");
    }
  }

  private void release(ByteBuffer in) throws IOException {
    while (in.hasRemaining()) {
      tree.release(number(in));
    }
  }

  private void open(int request, ByteBuffer in) throws IOException {
    int handle = number(in);
    int parent = number(in);
    boolean withList = number(in) != 0;
    TreePath path = PathForm.read(in);
    try {
      if (handle != parent) {
        tree.hold(handle, parent, path);
      }
      tree.with(
          handle,
          folder -> {
            ByteBuffer out = line.begin();
            PackedStatus.write(folder.status(), out);
            write(folder.attributes(), out);
            return line.finish(FrameType.OPENED, request, 0);
          });
    } catch (LinkLostException e) {
      throw e;
    } catch (IOException e) {
      fail(request, e);
      return;
    }
    if (withList) {
      list(request, handle);
    }
  }

  private void list(int request, int handle) throws IOException {
    list(request, handle, folder -> tree.scanner().list(folder, folder.status()));
  }

  private void look(int request, ByteBuffer in) throws IOException {
    int handle = number(in);
    Set<EntryName> names = Set.copyOf(PathForm.readNames(in));
    list(request, handle, folder -> tree.scanner().look(folder, folder.status(), names));
  }

  private void list(int request, int handle, ServedTree.Work<Listing> way) throws IOException {
    Listing listing;
    try {
      listing = tree.with(handle, way);
    } catch (IOException e) {
      fail(request, e);
      return;
    }
    int row = 0;
    while (row < listing.table().size()) {
      int from = row;
      row = tree.with(handle, folder -> entries(request, folder, listing, from));
    }
    ByteBuffer out = line.begin();
    PathForm.write(fitting(listing.temporaries()), out);
    writeFailures(listing.failures(), out);
    line.finish(FrameType.LISTED, request, 0);
  }

  private int entries(int request, Folder folder, Listing listing, int from) throws IOException {
    ByteBuffer out = line.begin();
    out.putInt(0);
    int next =
        PackedEntries.write(
            listing.table(), from, name -> folder.attributes(name).isEmpty() ? 0 : 1, out);
    out.putInt(Connection.HEADER, next - from);
    line.finish(FrameType.ENTRIES, request, 0);
    return next;
  }

  /** Unfinished copies are only swept at a target; a few of a source's are enough to know of. */
  private static List<EntryName> fitting(List<EntryName> temporaries) {
    return temporaries.subList(0, Math.min(temporaries.size(), 100));
  }

  /** As many as one frame holds: one is enough to keep a folder's entries from being deleted. */
  private static void writeFailures(List<Failure> failures, ByteBuffer out) {
    int countAt = out.position();
    out.putInt(0);
    int written = 0;
    for (Failure each : failures) {
      if (out.remaining() < ROOM_FOR_FAILURE + PathForm.bytes(each.path())) {
        break;
      }
      PathForm.write(each.path(), out);
      Words.write(each.reason(), out);
      written++;
    }
    out.putInt(countAt, written);
  }

  private void ask(int request, ByteBuffer in) throws IOException {
    Question question = Question.of(number(in));
    int handle = number(in);
    boolean above = number(in) != 0;
    List<EntryName> names = PathForm.readNames(in);
    PackedForm.require(names.size() == (question.ofEntry() ? 1 : 0), "one name", names.size());
    ByteBuffer out = line.begin();
    try {
      tree.with(
          handle,
          folder -> {
            switch (question) {
              case FOLDER_STATUS -> PackedStatus.write(folder.status(), out);
              case FOLDER_ATTRIBUTES -> write(folder.attributes(), out);
              case STATUS -> PackedStatus.write(folder.status(names.getFirst()), out);
              case ATTRIBUTES -> write(folder.attributes(names.getFirst()), out);
              case LINK_TARGET -> PackedForm.write(folder.linkTarget(names.getFirst()), out);
              case MARKER -> writeMarker(names.getFirst(), above, out);
            }
            return out;
          });
    } catch (IOException e) {
      fail(request, e);
      return;
    }
    line.finish(FrameType.ANSWER, request, 0);
  }

  private void writeMarker(EntryName name, boolean above, ByteBuffer out) throws IOException {
    MarkerRule.require(name);
    var found = tree.marker(name, above);
    out.putInt(found.isPresent() ? 1 : 0);
    Words.write(found.orElse(""), out);
  }

  private void read(int request, ByteBuffer in) throws IOException {
    int handle = number(in);
    List<EntryName> names = PathForm.readNames(in);
    tree.with(
        handle,
        folder -> {
          files.send(request, folder, names);
          return names;
        });
  }

  private void fail(int request, IOException failure) throws IOException {
    ByteBuffer out = line.begin();
    FailureForm.write(failure, out);
    line.finish(FrameType.FAILED, request, 0);
  }

  static void write(ExtendedAttributes attributes, ByteBuffer out) throws IOException {
    int bytes = PackedAttributes.bytes(attributes);
    if (bytes > MOST_ATTRIBUTES) {
      throw new IOException(
          "found extended attributes of "
              + bytes
              + " bytes, wanted at most "
              + MOST_ATTRIBUTES
              + " to mirror them over a link");
    }
    PackedAttributes.write(attributes, out);
  }

  private static int number(ByteBuffer in) throws IOException {
    PackedForm.need(in, 4, "a number");
    return in.getInt();
  }
}
