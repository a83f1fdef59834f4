package org.gemel.mirror.link;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lets other machines mirror from volumes of this one, or onto them. A pass onto a volume runs
 * here, with all the guards a local one has; one from a volume runs at the caller, and here is only
 * read.
 */
public final class MirrorServer implements AutoCloseable {
  private static final int MOST_UNKNOWN = 64;

  private final ServerSocketChannel listening;
  private final LinkCredentials credentials;
  private final LinkTimes times;
  private final ServerSessions sessions;
  private final Consumer<String> log;
  private final Map<SocketChannel, Long> unknown = new ConcurrentHashMap<>();
  private final CountDownLatch over = new CountDownLatch(1);
  private volatile boolean closed;

  private MirrorServer(
      ServerSocketChannel listening,
      LinkCredentials credentials,
      LinkTimes times,
      ServerSessions sessions,
      Consumer<String> log) {
    this.listening = listening;
    this.credentials = credentials;
    this.times = times;
    this.sessions = sessions;
    this.log = log;
  }

  /**
   * Begins to listen.
   *
   * @param guard asked before and while a pass writes to a volume
   * @param log told in words of callers that are turned away, and of sessions that begin and end
   */
  public static MirrorServer start(
      InetSocketAddress address,
      LinkCredentials credentials,
      List<ServedVolume> volumes,
      VolumeGuard guard,
      LinkTimes times,
      Consumer<String> log)
      throws IOException {
    ServerSocketChannel listening = ServerSocketChannel.open();
    try {
      listening.bind(address);
    } catch (IOException | RuntimeException e) {
      listening.close();
      throw new IOException(
          "cannot listen on "
              + address
              + " ("
              + e.getMessage()
              + "): see who else does, or choose another port",
          e);
    }
    MirrorServer server =
        new MirrorServer(
            listening, credentials, times, new ServerSessions(volumes, guard, times, log), log);
    Thread.ofPlatform().daemon().name("mirror-server").start(server::accept);
    Thread.ofPlatform().daemon().name("mirror-server-watch").start(server::watch);
    return server;
  }

  /** Where it listens; with the port that was free if none was named. */
  public InetSocketAddress address() throws IOException {
    return (InetSocketAddress) listening.getLocalAddress();
  }

  private void accept() {
    while (!closed) {
      try {
        SocketChannel channel = listening.accept();
        if (unknown.size() >= MOST_UNKNOWN) {
          Sockets.close(channel);
          continue;
        }
        unknown.put(channel, times.nanoTime().getAsLong());
        Thread.ofPlatform().daemon().name("mirror-link").start(() -> serve(channel));
      } catch (IOException e) {
        if (!closed) {
          log.accept("cannot take a connection: " + e.getMessage());
          pause();
        }
      }
    }
  }

  private void serve(SocketChannel channel) {
    String caller = "a caller";
    @Nullable Connection connection = null;
    try {
      caller = String.valueOf(channel.getRemoteAddress());
      Sockets.prepare(channel);
      Greeting greeting = Greeting.toCaller(channel, credentials);
      connection = greeting.connection();
      Frame first = connection.receive();
      unknown.remove(channel);
      sessions.serve(greeting, first, caller);
    } catch (IOException | RuntimeException e) {
      String words = e instanceof IOException failure ? LinkWords.of(failure) : e.toString();
      log.accept("turned away " + caller + ": " + words);
      refuse(connection, words);
    } finally {
      unknown.remove(channel);
      if (connection == null) {
        Sockets.close(channel);
      }
    }
  }

  /** The last thing said on a connection that is closed for what came over it. */
  private static void refuse(@Nullable Connection connection, String words) {
    if (connection == null) {
      return;
    }
    try (connection) {
      connection.send(FrameType.REFUSED, 0, out -> Words.write(words, out));
    } catch (IOException gone) {
      // It knows that it was not served.
    }
  }

  /** Closes connections whose callers take too long to say who they are. */
  private void watch() {
    while (!closed) {
      long now = times.nanoTime().getAsLong();
      unknown.forEach(
          (channel, since) -> {
            if (now - since > times.greeting().toNanos()) {
              Sockets.close(channel);
            }
          });
      pause();
    }
  }

  private void pause() {
    try {
      boolean unused = over.await(times.beat().toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      closed = true;
    }
  }

  /** Ends all sessions and listens no more. Passes here end between files. */
  @Override
  public void close() {
    closed = true;
    over.countDown();
    try {
      listening.close();
    } catch (IOException unused) {
      // Nobody can call any more, which is what was wanted.
    }
    unknown.keySet().forEach(Sockets::close);
    sessions.close();
  }
}
