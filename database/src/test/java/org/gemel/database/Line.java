package org.gemel.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** The network between two hosts, which a test slows down, silences, cuts and mends. */
final class Line implements AutoCloseable {
  private final ServerSocket listener;
  private final int target;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final Object mended = new Object();
  private volatile boolean silent;
  private volatile boolean cut;
  private volatile boolean closed;
  private volatile long delayNanos;

  /** A line to a port of this machine. */
  Line(int target) throws IOException {
    this.target = target;
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** All that is said takes this long to arrive. */
  void delay(Duration delay) {
    delayNanos = delay.toNanos();
  }

  /** Nothing arrives any more, and nobody is told so, as behind a firewall that drops. */
  void silence() {
    silent = true;
  }

  /** Every connection is reset, and so is each new one. */
  void cut() {
    cut = true;
    open.forEach(Line::reset);
  }

  /** What was held back arrives, and all goes on. */
  void mend() {
    synchronized (mended) {
      silent = false;
      cut = false;
      mended.notifyAll();
    }
  }

  @Override
  public void close() throws IOException {
    closed = true;
    listener.close();
    mend();
    open.forEach(Line::reset);
  }

  private void accept() {
    while (!closed) {
      try {
        Socket near = listener.accept();
        open.add(near);
        if (cut) {
          end(near);
          continue;
        }
        Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
        open.add(far);
        Thread.ofVirtual().start(() -> carry(near, far));
        Thread.ofVirtual().start(() -> carry(far, near));
        if (cut) {
          cut();
        }
      } catch (IOException e) {
        // the listener was closed, or the far side is down: whoever called sees a reset
      }
    }
  }

  private void carry(Socket from, Socket to) {
    byte[] bytes = new byte[16_384];
    try (InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
        LockSupport.parkNanos(delayNanos); // the line's own slowness, not a wait for something
        awaitMended();
        out.write(bytes, 0, count);
      }
    } catch (IOException | InterruptedException e) {
      // one end went: so does the other
    }
    end(from);
    end(to);
  }

  private void awaitMended() throws InterruptedException {
    synchronized (mended) {
      while (silent) {
        mended.wait();
      }
    }
  }

  private void end(Socket socket) {
    reset(socket);
    open.remove(socket);
  }

  private static void reset(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException e) {
      // it is gone already
    }
  }
}
