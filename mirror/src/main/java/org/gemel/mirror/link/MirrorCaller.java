package org.gemel.mirror.link;

import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import org.gemel.mirror.MirrorListener;
import org.gemel.mirror.MirrorReport;
import org.gemel.mirror.MirrorRequest;
import org.gemel.mirror.RateLimit;
import org.gemel.mirror.SourceLostException;
import org.gemel.mirror.TreeMirror;
import org.gemel.mirror.TreeRoot;

/**
 * Mirrors to or from a place behind a {@link MirrorServer}. It opens all connections itself, so
 * only one end needs to be reachable.
 */
public final class MirrorCaller {
  private final AgentPlace place;
  private final LinkCredentials credentials;
  private final LinkOptions options;
  private final LinkTimes times;

  /** Calls nobody yet. */
  public MirrorCaller(
      AgentPlace place, LinkCredentials credentials, LinkOptions options, LinkTimes times) {
    this.place = place;
    this.credentials = credentials;
    this.options = options;
    this.times = times;
  }

  /**
   * Has the other end run a pass onto the place, and serves the source to it meanwhile. A link that
   * is lost on the way is in the report; what was done is whole.
   *
   * @param request what to do; its target is not looked at
   * @throws UnreachableException if the place's server cannot be reached
   * @throws LinkRefusedException if it will not do this
   */
  public MirrorReport push(MirrorRequest request, MirrorListener listener) throws IOException {
    try (ServedTree source = PushSource.open(request)) {
      OpenedSession opened = open(request, false);
      return new PushCall(opened.session(), source, listener).run(lines -> attach(opened, lines));
    }
  }

  /**
   * Runs a pass from the place onto a folder of this machine.
   *
   * @param request what to do; its source is not looked at
   * @throws UnreachableException if the place's server cannot be reached
   * @throws LinkRefusedException if it will not do this
   */
  public MirrorReport pull(MirrorRequest request, MirrorListener listener) throws IOException {
    OpenedSession opened = open(request, true);
    Session session = opened.session();
    Lines lines = new Lines(session);
    try {
      attach(opened, lines::add);
      Thread.ofPlatform()
          .daemon()
          .name("link-control")
          .start(() -> session.receive(frame -> refuse(frame)));
      MirrorRequest named = request.withTrees(new TreeRoot(place.toString()), request.target());
      return TreeMirror.run(named, new RemoteSourceTree(lines), listener);
    } catch (SourceLostException e) {
      // Before the pass had begun: one that has begun says it in its report.
      throw new UnreachableException("no link to " + place + ": " + e.getMessage(), e);
    } finally {
      bye(session);
      session.end("the pass has ended");
    }
  }

  private static boolean refuse(Frame frame) throws IOException {
    throw new LinkRefusedException(
        frame.type() == FrameType.REFUSED
            ? Words.read(frame.payload())
            : "found a frame " + frame.type() + ", wanted one that steers");
  }

  private static void bye(Session session) {
    try {
      session.control().send(FrameType.END, 0);
    } catch (IOException gone) {
      session.end(LinkWords.of(gone));
    }
  }

  private record OpenedSession(Session session, String token) {}

  /** Told of each line when the other end has taken it. */
  interface Attached {
    void line(Lines.Line line);
  }

  private OpenedSession open(MirrorRequest request, boolean passHere) throws IOException {
    Connection control = connect();
    try {
      SessionRequest wanted =
          new SessionRequest(
              passHere,
              place.volume(),
              place.path(),
              options.lines(),
              passHere ? options.bytesPerSecond() : 0,
              options.packed(),
              options.epoch(),
              request);
      control.send(FrameType.OPEN_SESSION, 0, wanted::write);
      String token = Words.read(control.receive(FrameType.SESSION).payload());
      return new OpenedSession(new Session(control, times), token);
    } catch (LinkRefusedException e) {
      control.close();
      throw e;
    } catch (IOException e) {
      control.close();
      throw unreachable(e);
    }
  }

  private void attach(OpenedSession opened, Attached attached) throws IOException {
    Session session = opened.session();
    session.start("link-beat");
    RateLimit rate = RateLimit.of(options.bytesPerSecond(), times.nanoTime());
    for (int i = 0; i < options.lines(); i++) {
      Connection line = connect();
      session.own(line);
      try {
        line.send(FrameType.ATTACH, 0, out -> Words.write(opened.token(), out));
        line.receive(FrameType.ATTACHED);
      } catch (LinkRefusedException e) {
        throw e;
      } catch (IOException e) {
        throw unreachable(e);
      }
      line.shape(new FramePacking(options.packed()), rate);
      attached.line(new Lines.Line(i, line));
    }
  }

  private Connection connect() throws IOException {
    try {
      if (place.address().isUnresolved()) {
        throw new UnknownHostException(place.host());
      }
      int patience = Math.clamp(times.greeting().toMillis(), 1, Integer.MAX_VALUE);
      SocketChannel channel = Sockets.connect(place.address(), patience);
      return Greeting.toServer(channel, credentials).connection();
    } catch (LinkRefusedException e) {
      throw e;
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  private UnreachableException unreachable(IOException why) {
    return new UnreachableException(
        "no link to "
            + place
            + ": "
            + LinkWords.of(why)
            + "; see to the address, that its mirror server runs, and the credentials of both",
        why);
  }
}
