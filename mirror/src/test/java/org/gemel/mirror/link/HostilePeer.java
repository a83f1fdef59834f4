package org.gemel.mirror.link;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.LinkedBlockingQueue;
import org.gemel.mirror.MirrorRequest;
import org.gemel.mirror.TreeRoot;
import org.gemel.mirror.system.TreePath;

/** A server, and a peer of it that knows the secret and keeps to nothing else. */
final class HostilePeer implements AutoCloseable {
  static final String VOLUME = "media";

  private final LinkCredentials.Secret secret = new LinkCredentials.Secret(new byte[32]);
  private final MirrorServer server;
  final LinkedBlockingQueue<String> log = new LinkedBlockingQueue<>();

  HostilePeer(Path folder, ServedVolume.Access access) throws IOException {
    server =
        MirrorServer.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            secret,
            List.of(new ServedVolume(VOLUME, TreeRoot.of(folder), access, List.of())),
            VolumeGuard.NONE,
            LinkTimes.USUAL,
            log::add);
  }

  SocketChannel socket() throws IOException {
    return Sockets.connect(server.address(), 10_000);
  }

  /** A connection whose greeting is done. */
  Connection greeted() throws IOException {
    return Greeting.toServer(socket(), secret).connection();
  }

  /** One that has a session of one line; the line is the second. */
  Connection[] session(boolean passHere) throws IOException {
    return session(passHere, VOLUME, TreePath.ROOT);
  }

  Connection[] session(boolean passHere, String volume, TreePath path) throws IOException {
    Connection control = greeted();
    TreeRoot any = new TreeRoot("any");
    SessionRequest request =
        new SessionRequest(
            passHere, volume, path, 1, 0, false, OptionalLong.empty(), MirrorRequest.of(any, any));
    control.send(FrameType.OPEN_SESSION, 0, request::write);
    String token = Words.read(control.receive(FrameType.SESSION).payload());
    Connection line = greeted();
    line.send(FrameType.ATTACH, 0, out -> Words.write(token, out));
    line.receive(FrameType.ATTACHED);
    return new Connection[] {control, line};
  }

  /** Waits for the words with which a session or a connection ended. */
  String logged(String part) throws InterruptedException {
    for (String words = log.take(); ; words = log.take()) {
      if (words.contains(part)) {
        return words;
      }
    }
  }

  /** Receives beats until something else comes. */
  static Frame next(Connection connection) throws IOException {
    Frame frame = connection.receive();
    while (frame.type() == FrameType.BEAT || frame.type() == FrameType.EVENTS) {
      frame = connection.receive();
    }
    return frame;
  }

  static ByteBuffer direct(byte[] bytes) {
    return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
  }

  @Override
  public void close() {
    server.close();
  }
}
