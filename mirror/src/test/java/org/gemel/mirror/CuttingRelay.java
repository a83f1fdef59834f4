package org.gemel.mirror;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicLong;

/** Hands connections on to a port, and cuts the one over which a number of bytes has gone. */
final class CuttingRelay implements AutoCloseable {
  private final ServerSocket listener;
  private final int to;
  private final AtomicLong left = new AtomicLong(Long.MAX_VALUE);

  private final AtomicLong carried = new AtomicLong();

  CuttingRelay(int to) throws IOException {
    this.to = to;
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofPlatform().daemon().start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Cuts once so many more bytes were sent to the server. */
  void cutAfter(long bytes) {
    left.set(bytes);
  }

  /** How many bytes it has handed on to the server. */
  long carried() {
    return carried.get();
  }

  private void accept() {
    try {
      while (true) {
        Socket here = listener.accept();
        Socket there = new Socket(InetAddress.getLoopbackAddress(), to);
        Thread.ofPlatform().daemon().start(() -> pump(here, there, true));
        Thread.ofPlatform().daemon().start(() -> pump(there, here, false));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private void pump(Socket from, Socket to, boolean counted) {
    byte[] block = new byte[16 * 1024];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(block); read > 0; read = in.read(block)) {
        if (counted && left.addAndGet(-read) < 0) {
          left.set(Long.MAX_VALUE);
          return;
        }
        out.write(block, 0, read);
        if (counted) {
          carried.addAndGet(read);
        }
      }
    } catch (IOException ended) {
      // Either side has gone.
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
