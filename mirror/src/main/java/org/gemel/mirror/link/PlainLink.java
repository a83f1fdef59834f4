package org.gemel.mirror.link;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** Bytes as they are. */
final class PlainLink implements ByteLink {
  private final SocketChannel channel;

  PlainLink(SocketChannel channel) {
    this.channel = channel;
  }

  @Override
  public void write(ByteBuffer from) throws IOException {
    while (from.hasRemaining()) {
      channel.write(from);
    }
  }

  @Override
  public void readFully(ByteBuffer into) throws IOException {
    while (into.hasRemaining()) {
      if (channel.read(into) < 0) {
        throw new EOFException("the peer closed the connection");
      }
    }
  }

  @Override
  public void close() {
    Sockets.close(channel);
  }
}
