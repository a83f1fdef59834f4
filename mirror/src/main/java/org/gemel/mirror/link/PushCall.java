package org.gemel.mirror.link;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gemel.mirror.Change;
import org.gemel.mirror.Counts;
import org.gemel.mirror.Failure;
import org.gemel.mirror.MirrorListener;
import org.gemel.mirror.MirrorReport;
import org.gemel.mirror.system.PackedForm.BrokenFormException;
import org.gemel.mirror.system.TreePath;
import org.jspecify.annotations.Nullable;

/** Serves the source to a pass at the other end, and hears how it goes. */
final class PushCall {
  private final Session session;
  private final ServedTree source;
  private final Hearing listener;
  private final long started = System.nanoTime();
  private @Nullable MirrorReport report;
  private boolean stopSent;

  PushCall(Session session, ServedTree source, MirrorListener listener) {
    this.session = session;
    this.source = source;
    this.listener = new Hearing(listener);
  }

  /** Attaches the lines. */
  interface Attaching {
    void attach(MirrorCaller.Attached attached) throws IOException;
  }

  MirrorReport run(Attaching attaching) throws IOException {
    List<Thread> servers = new ArrayList<>();
    try {
      attaching.attach(line -> servers.add(serve(line)));
      session.onBeat(this::passOnStop);
      session.receive(this::handle);
    } finally {
      session.end("the pass has ended");
      servers.forEach(PushCall::join);
    }
    return report != null ? report : lost();
  }

  private Thread serve(Lines.Line line) {
    return Thread.ofPlatform()
        .daemon()
        .name("link-source-", line.index())
        .start(
            () -> {
              try {
                new SourceServer(
                        line.connection(),
                        source,
                        number -> session.isCancelled(line.index(), number))
                    .run();
              } catch (IOException e) {
                session.endForLine(e);
              } catch (RuntimeException e) {
                session.end("a fault while serving the source: " + e);
              }
            });
  }

  private boolean handle(Frame frame) throws IOException {
    switch (frame.type()) {
      case EVENTS -> EventForm.tell(frame.payload(), listener);
      case REPORT -> {
        report = ReportForm.read(frame.payload());
        session.control().send(FrameType.END, 0);
        return false;
      }
      case REFUSED -> throw new LinkRefusedException(Words.read(frame.payload()));
      default ->
          throw new BrokenFormException("found a frame " + frame.type() + ", wanted a report");
    }
    return true;
  }

  private void passOnStop() {
    if (!stopSent && listener.stopRequested()) {
      stopSent = true;
      try {
        session.control().send(FrameType.STOP, 0);
      } catch (IOException e) {
        session.end(LinkWords.of(e));
      }
    }
  }

  /** What is known of a pass whose end was not heard. */
  private MirrorReport lost() {
    Failure failure =
        new Failure(
            TreePath.ROOT,
            "the link to the target was lost: "
                + session.words()
                + "; what was done is whole, run again to go on");
    listener.failed(failure);
    return MirrorReport.of(
        MirrorReport.Outcome.INCOMPLETE,
        Optional.empty(),
        listener.counts(),
        List.of(failure),
        Duration.ofNanos(System.nanoTime() - started),
        Duration.ZERO);
  }

  private static void join(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Passes on what is heard, and counts it in case no report comes. */
  private static final class Hearing implements MirrorListener {
    private final MirrorListener listener;
    private final Map<Change.Kind, Long> changes = new EnumMap<>(Change.Kind.class);
    private long files;
    private long bytesMoved;
    private long failed;

    private Hearing(MirrorListener listener) {
      this.listener = listener;
    }

    @Override
    public void changed(Change change) {
      changes.merge(change.kind(), 1L, Long::sum);
      listener.changed(change);
    }

    @Override
    public void failed(Failure failure) {
      failed++;
      listener.failed(failure);
    }

    @Override
    public void progress(long seenFiles, long bytes, TreePath at) {
      files = seenFiles;
      bytesMoved = bytes;
      listener.progress(seenFiles, bytes, at);
    }

    @Override
    public boolean stopRequested() {
      return listener.stopRequested();
    }

    private long count(Change.Kind kind) {
      return changes.getOrDefault(kind, 0L);
    }

    private Counts counts() {
      return new Counts(
          files,
          0,
          0,
          count(Change.Kind.CREATE),
          count(Change.Kind.UPDATE),
          count(Change.Kind.RENAME),
          count(Change.Kind.METADATA),
          count(Change.Kind.DELETE),
          0,
          failed,
          bytesMoved,
          0,
          0,
          0);
    }
  }
}
