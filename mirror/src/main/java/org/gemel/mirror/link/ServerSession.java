package org.gemel.mirror.link;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.gemel.mirror.MirrorReport;
import org.gemel.mirror.MirrorRequest;
import org.gemel.mirror.RateLimit;
import org.gemel.mirror.Refusal;
import org.gemel.mirror.SourceLostException;
import org.gemel.mirror.TreeMirror;
import org.gemel.mirror.TreeRoot;
import org.gemel.mirror.system.Folder;
import org.jspecify.annotations.Nullable;

/** One session at the server's end. */
final class ServerSession {
  private final Greeting caller;
  private final SessionRequest request;
  private final Supplier<Optional<Refusal>> guard;
  private final Session session;
  private final RateLimit rate;
  private final Lines lines;
  private final AtomicInteger attached = new AtomicInteger();
  private final @Nullable ServedTree tree;
  private final ServedVolume volume;
  private volatile boolean stopWanted;

  ServerSession(
      Greeting caller,
      ServedVolume volume,
      SessionRequest request,
      Supplier<Optional<Refusal>> guard,
      LinkTimes times)
      throws IOException {
    this.caller = caller;
    this.request = request;
    this.guard = guard;
    this.session = new Session(caller.connection(), times);
    this.rate = RateLimit.of(request.bytesPerSecond(), times.nanoTime());
    this.lines = new Lines(session);
    this.volume = volume;
    this.tree =
        request.passHere()
            ? new ServedTree(
                Folder.openRoot(volume.folder().path()),
                request.path(),
                request.pass().filters(),
                request.pass().marker())
            : null;
  }

  boolean isOf(Optional<String> peer) {
    return caller.peer().equals(peer);
  }

  String words() {
    return session.words();
  }

  void end(String words) {
    session.end(words);
  }

  /** Steers until the session ends; its tree is closed then. */
  void run(String token) throws IOException {
    try {
      session.control().send(FrameType.SESSION, 0, out -> Words.write(token, out));
      session.start("link-beat");
      session.receive(this::handle);
    } finally {
      session.end("the caller has ended");
      if (tree != null) {
        tree.close();
      } else {
        awaitPass();
      }
    }
  }

  private boolean handle(Frame frame) throws IOException {
    switch (frame.type()) {
      case STOP -> {
        stopWanted = true;
        return true;
      }
      case END -> {
        return false;
      }
      default ->
          throw new org.gemel.mirror.system.PackedForm.BrokenFormException(
              "found a frame " + frame.type() + ", wanted one that steers");
    }
  }

  /** A further line: answers on it, or has the pass ask over it. */
  void attach(Connection line) throws IOException {
    int index = attached.getAndIncrement();
    if (index >= request.lines()) {
      throw new LinkRefusedException(
          "found line " + (index + 1) + ", wanted " + request.lines() + " as was said");
    }
    session.own(line);
    line.shape(new FramePacking(request.packed()), rate);
    line.send(FrameType.ATTACHED, 0);
    if (tree != null) {
      serve(line, index, tree);
      return;
    }
    lines.add(new Lines.Line(index, line));
    if (index == request.lines() - 1) {
      startPass();
    }
  }

  private void serve(Connection line, int index, ServedTree served) {
    try {
      new SourceServer(
              line, served, number -> session.hasEnded() || session.isCancelled(index, number))
          .run();
    } catch (IOException e) {
      session.endForLine(e);
    } catch (RuntimeException | Error e) {
      session.end("a fault of the server: " + e);
      throw e;
    }
  }

  private @Nullable Thread pass;

  private synchronized void startPass() {
    if (!session.hasEnded()) {
      pass = Thread.ofPlatform().name("mirror-pass").start(this::mirror);
    }
  }

  private void awaitPass() {
    Thread running;
    synchronized (this) {
      running = pass;
    }
    while (running != null && running.isAlive()) {
      try {
        running.join();
      } catch (InterruptedException e) {
        // The pass ends by itself: its link has ended.
        stopWanted = true;
      }
    }
  }

  private void mirror() {
    EventSender events = new EventSender(session, this::mustStop);
    session.onBeat(events::flush);
    try {
      MirrorReport report =
          guarded(
              TreeMirror.run(
                  named(),
                  new RemoteSourceTree(lines),
                  new VolumeTarget(volume.folder(), request.path()),
                  events));
      events.flush();
      caller.connection().send(FrameType.REPORT, 0, out -> ReportForm.write(report, out));
    } catch (IOException e) {
      session.end(LinkWords.of(e));
    } catch (SourceLostException e) {
      // Before the pass had begun: the session has ended with these words.
      session.end(String.valueOf(e.getMessage()));
    } catch (RuntimeException | Error e) {
      session.end("the pass broke off by a fault of its own: " + e);
      throw e;
    }
  }

  /** The request with its roots as they are called here. */
  private MirrorRequest named() {
    String target = request.path().isRoot() ? volume.name() : volume.name() + "/" + request.path();
    MirrorRequest pass =
        request.pass().withTrees(new TreeRoot("the caller's source"), new TreeRoot(target));
    return volume.index(request.path()).map(pass::withIndex).orElse(pass);
  }

  private boolean mustStop() {
    return stopWanted || session.hasEnded() || guard.get().isPresent();
  }

  /** Says of a pass that the guard ended that it was refused. */
  private MirrorReport guarded(MirrorReport report) {
    Optional<Refusal> refusal = guard.get();
    if (report.outcome() != MirrorReport.Outcome.STOPPED || stopWanted || refusal.isEmpty()) {
      return report;
    }
    return MirrorReport.of(
        MirrorReport.Outcome.REFUSED,
        refusal,
        report.counts(),
        report.failures(),
        report.elapsed(),
        report.scanning());
  }
}
