package org.gemel.mirror.link;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import jdk.net.ExtendedSocketOptions;

/** How sockets of a link are set up and closed. */
final class Sockets {
  private static final int BUFFER = 4 * 1024 * 1024;
  private static final int SECONDS_UNTIL_PROBE = 15;
  private static final int PROBES = 3;

  private Sockets() {}

  /** Small messages leave at once; a peer that is gone is noticed without traffic, too. */
  static void prepare(SocketChannel channel) throws IOException {
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
    channel.setOption(ExtendedSocketOptions.TCP_KEEPIDLE, SECONDS_UNTIL_PROBE);
    channel.setOption(ExtendedSocketOptions.TCP_KEEPINTERVAL, SECONDS_UNTIL_PROBE / PROBES);
    channel.setOption(ExtendedSocketOptions.TCP_KEEPCOUNT, PROBES);
    channel.setOption(StandardSocketOptions.SO_SNDBUF, BUFFER);
  }

  static SocketChannel connect(InetSocketAddress address, int milliseconds) throws IOException {
    SocketChannel channel = SocketChannel.open();
    try {
      channel.socket().connect(address, milliseconds);
      prepare(channel);
      return channel;
    } catch (IOException | RuntimeException e) {
      close(channel);
      throw e;
    }
  }

  /** Closing is the last thing done to it: nothing depends on how it goes. */
  static void close(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException unused) {
      // Both ends learn of the end by the end.
    }
  }
}
