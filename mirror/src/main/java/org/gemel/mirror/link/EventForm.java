package org.gemel.mirror.link;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.gemel.mirror.Change;
import org.gemel.mirror.Failure;
import org.gemel.mirror.MirrorListener;
import org.gemel.mirror.system.PackedForm;
import org.gemel.mirror.system.TreePath;

/** What a pass does and finds, as bytes: told at one end, heard at the other. */
final class EventForm {
  private static final int CHANGED = 1;
  private static final int FAILED = 2;
  private static final int PROGRESS = 3;

  private EventForm() {}

  static void changed(Change change, ByteBuffer out) {
    out.putInt(CHANGED);
    EnumForm.write(change.kind(), out);
    PathForm.write(change.path(), out);
    out.put((byte) (change.from().isPresent() ? 1 : 0));
    change.from().ifPresent(from -> PathForm.write(from, out));
  }

  static void failed(Failure failure, ByteBuffer out) {
    out.putInt(FAILED);
    PathForm.write(failure.path(), out);
    Words.write(failure.reason(), out);
  }

  static void progress(long files, long bytesMoved, TreePath at, ByteBuffer out) {
    out.putInt(PROGRESS).putLong(files).putLong(bytesMoved);
    PathForm.write(at, out);
  }

  /** Tells a listener what is in a frame. */
  static void tell(ByteBuffer in, MirrorListener listener) throws IOException {
    while (in.hasRemaining()) {
      PackedForm.need(in, 4, "a kind of event");
      int kind = in.getInt();
      switch (kind) {
        case CHANGED -> listener.changed(change(in));
        case FAILED -> listener.failed(new Failure(PathForm.read(in), Words.read(in)));
        case PROGRESS -> {
          PackedForm.need(in, 16, "a progress");
          listener.progress(in.getLong(), in.getLong(), PathForm.read(in));
        }
        default -> PackedForm.require(false, "a kind of event", kind);
      }
    }
  }

  private static Change change(ByteBuffer in) throws IOException {
    Change.Kind kind = EnumForm.read(in, Change.Kind.class);
    TreePath path = PathForm.read(in);
    PackedForm.need(in, 1, "whether it was elsewhere");
    int moved = in.get();
    PackedForm.require(moved == 0 || moved == 1, "whether it was elsewhere", moved);
    return new Change(kind, path, moved == 1 ? Optional.of(PathForm.read(in)) : Optional.empty());
  }
}
