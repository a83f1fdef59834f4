package org.gemel.database;

import java.net.Socket;
import java.nio.file.Path;
import javax.net.SocketFactory;

/**
 * Connects the driver to a server that listens in a folder only. The driver makes it by name.
 *
 * <p>Public for the driver; nobody else needs it.
 */
public final class UnixSocketFactory extends SocketFactory {
  private final Path socket;

  /**
   * @param socket the path of the server's socket
   */
  public UnixSocketFactory(String socket) {
    this.socket = Path.of(socket);
  }

  @Override
  public Socket createSocket() {
    return new UnixSocket(socket);
  }

  @Override
  public Socket createSocket(String host, int port) {
    throw new UnsupportedOperationException("a socket in a folder has no host");
  }

  @Override
  public Socket createSocket(String host, int port, java.net.InetAddress localHost, int localPort) {
    throw new UnsupportedOperationException("a socket in a folder has no host");
  }

  @Override
  public Socket createSocket(java.net.InetAddress host, int port) {
    throw new UnsupportedOperationException("a socket in a folder has no host");
  }

  @Override
  public Socket createSocket(
      java.net.InetAddress address, int port, java.net.InetAddress localAddress, int localPort) {
    throw new UnsupportedOperationException("a socket in a folder has no host");
  }
}
