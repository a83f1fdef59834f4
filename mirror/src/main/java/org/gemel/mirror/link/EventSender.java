package org.gemel.mirror.link;

import java.io.IOException;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.gemel.mirror.Change;
import org.gemel.mirror.Failure;
import org.gemel.mirror.MirrorListener;
import org.gemel.mirror.system.TreePath;

/**
 * Tells the caller what a pass here does. Events are gathered and sent together, with each beat or
 * when there are many: a frame for each file would cost more than the file.
 */
final class EventSender implements MirrorListener {
  private static final int GATHERED = 256 * 1024;
  private static final int ENOUGH = 32 * 1024;

  private final Session session;
  private final BooleanSupplier stop;
  private final ByteBuffer gathered = ByteBuffer.allocate(GATHERED).order(ByteOrder.LITTLE_ENDIAN);
  private long files;
  private long bytesMoved;
  private TreePath at = TreePath.ROOT;
  private boolean moved;

  EventSender(Session session, BooleanSupplier stop) {
    this.session = session;
    this.stop = stop;
  }

  @Override
  public void changed(Change change) {
    add(out -> EventForm.changed(change, out));
  }

  @Override
  public void failed(Failure failure) {
    add(out -> EventForm.failed(failure, out));
  }

  @Override
  public synchronized void progress(long seenFiles, long moreBytes, TreePath path) {
    files = seenFiles;
    bytesMoved = moreBytes;
    at = path;
    moved = true;
  }

  @Override
  public boolean stopRequested() {
    return stop.getAsBoolean();
  }

  private synchronized void add(Consumer<ByteBuffer> event) {
    if (!put(event)) {
      flush();
      // One that alone is too large has a path no terminal shows; the report counts it.
      boolean unused = put(event);
    }
    if (gathered.position() >= ENOUGH) {
      flush();
    }
  }

  private boolean put(Consumer<ByteBuffer> event) {
    int start = gathered.position();
    try {
      event.accept(gathered);
      return true;
    } catch (BufferOverflowException full) {
      gathered.position(start);
      return false;
    }
  }

  /** Sends what was gathered, and how far the pass has come. */
  synchronized void flush() {
    if (moved) {
      moved = false;
      boolean unused = put(out -> EventForm.progress(files, bytesMoved, at, out));
    }
    if (gathered.position() == 0) {
      return;
    }
    gathered.flip();
    try {
      session.control().send(FrameType.EVENTS, 0, out -> out.put(gathered));
    } catch (IOException e) {
      session.end(LinkWords.of(e));
    } finally {
      gathered.clear();
    }
  }
}
