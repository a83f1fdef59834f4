package org.gemel.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * As much of a socket as the driver asks for, over a path. It knows no time limits: at the other
 * end is a server on this very host, which its owner ends.
 */
final class UnixSocket extends Socket {
  private final Path path;
  private @Nullable SocketChannel channel;

  UnixSocket(Path path) {
    this.path = path;
  }

  @Override
  public void connect(SocketAddress ignored, int timeout) throws IOException {
    SocketChannel opened = SocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      opened.connect(UnixDomainSocketAddress.of(path));
    } catch (IOException e) {
      opened.close();
      throw new SocketException("no answer at " + path + ": " + e.getMessage(), e);
    }
    channel = opened;
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return Channels.newInputStream(connected());
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    return Channels.newOutputStream(connected());
  }

  @Override
  public boolean isConnected() {
    return channel != null;
  }

  @Override
  public boolean isClosed() {
    return channel != null && !channel.isOpen();
  }

  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.close();
    }
  }

  @Override
  public void setSoTimeout(int timeout) {
    // there is none
  }

  @Override
  public int getSoTimeout() {
    return 0;
  }

  @Override
  public void setTcpNoDelay(boolean on) {
    // it never delays
  }

  @Override
  public void setKeepAlive(boolean on) {
    // both ends live and die on one host
  }

  private SocketChannel connected() throws SocketException {
    if (channel == null) {
      throw new SocketException("not connected to " + path);
    }
    return channel;
  }
}
