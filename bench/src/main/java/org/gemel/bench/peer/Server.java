package org.gemel.bench.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import org.gemel.bench.process.Launch;
import org.gemel.bench.process.Running;

/**
 * A daemon on the loopback address that lets clients write below one folder. It asks for a secret
 * made for this run: other users of the machine are not to write there.
 */
final class Server implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(60);

  private static final Duration LAST_CLIENT = Duration.ofSeconds(5);

  private final Running process;

  private Server(Running process) {
    this.process = process;
  }

  /** Starts it and waits until it takes connections. */
  static Server start(String name, Launch launch, int port, Path scratch)
      throws IOException, InterruptedException {
    Running process = Running.start(name, launch, scratch);
    process.await("listening on port " + port, START, () -> listens(port));
    return new Server(process);
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String secret() {
    byte[] bytes = new byte[16];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  static boolean asRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  /** What it used for all clients until now; those that just left are waited for. */
  double cpuSeconds() {
    process.awaitChildren(LAST_CLIENT);
    return process.cpuSeconds();
  }

  @Override
  public void close() {
    process.close();
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
