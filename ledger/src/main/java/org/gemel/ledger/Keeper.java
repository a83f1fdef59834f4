package org.gemel.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.zookeeper.server.ServerCnxnFactory;
import org.apache.zookeeper.server.ZooKeeperServer;
import org.apache.zookeeper.server.persistence.FileTxnSnapLog;

/**
 * A ZooKeeper server of one, inside this process. Each write is on disk before it is answered
 * (ZooKeeper's transaction log with {@code forceSync}), so a killed process loses nothing that was
 * said to be written.
 */
public final class Keeper implements AutoCloseable {
  private static final int TICK_MILLISECONDS = 500;

  private final ServerCnxnFactory connections;
  private final InetSocketAddress address;

  private Keeper(ServerCnxnFactory connections, InetSocketAddress address) {
    this.connections = connections;
    this.address = address;
  }

  /**
   * Starts one on a folder; it listens on the loopback address only.
   *
   * @param port 0 for any free one
   * @throws UncheckedIOException if the folder cannot be used or the port is taken
   */
  public static Keeper start(Path folder, int port) {
    System.setProperty("zookeeper.admin.enableServer", "false");
    try {
      Files.createDirectories(folder);
      FileTxnSnapLog files = new FileTxnSnapLog(folder.toFile(), folder.toFile());
      ZooKeeperServer server =
          new ZooKeeperServer(files, TICK_MILLISECONDS, 1_000, 20_000, -1, null, "");
      InetSocketAddress wanted = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
      ServerCnxnFactory connections = ServerCnxnFactory.createFactory(wanted, 100);
      connections.startup(server);
      return new Keeper(
          connections, new InetSocketAddress(wanted.getAddress(), connections.getLocalPort()));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The keeper cannot start on folder " + folder + ", port " + port + ": " + e.getMessage(),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the keeper started", e);
    }
  }

  /** As clients name it: host and port. */
  public String address() {
    return address.getAddress().getHostAddress() + ":" + address.getPort();
  }

  @Override
  public void close() {
    connections.shutdown();
  }
}
