package org.gemel.mirror.link;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;

/**
 * Bytes within TLS, by an {@link SSLEngine} on buffers outside the heap: several records are sealed
 * before one call sends them, and what comes in is unsealed to where it is wanted.
 *
 * <p>The engine may want to send while it reads (a change of keys), so whoever seals holds the lock
 * of the sending half, readers included.
 */
final class TlsLink implements ByteLink {
  private static final int RECORDS = 16;

  private final SocketChannel channel;
  private final SSLEngine engine;
  private final ReentrantLock sending = new ReentrantLock();
  private final ByteBuffer sealed;
  private final ByteBuffer arrived;
  private final ByteBuffer opened;
  private final int record;

  TlsLink(SocketChannel channel, SSLEngine engine) {
    this.channel = channel;
    this.engine = engine;
    int packet = engine.getSession().getPacketBufferSize();
    // Some want room for a record as it came.
    this.record = Math.max(packet, engine.getSession().getApplicationBufferSize());
    this.sealed = ByteBuffer.allocateDirect(packet * RECORDS);
    this.arrived = ByteBuffer.allocateDirect(packet * RECORDS).flip();
    this.opened = ByteBuffer.allocateDirect(record).flip();
  }

  /** Makes the handshake; returns what both agreed on. */
  SSLSession handshake() throws IOException {
    engine.beginHandshake();
    while (true) {
      HandshakeStatus status = engine.getHandshakeStatus();
      switch (status) {
        case NEED_WRAP -> seal(ByteBuffer.allocate(0));
        case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
          if (!opened.hasRemaining()) {
            open(opened.clear());
            opened.flip();
          } else {
            throw new SSLException("found data before the end of the handshake, wanted none");
          }
        }
        case NEED_TASK -> runTasks();
        default -> {
          return engine.getSession();
        }
      }
    }
  }

  @Override
  public void write(ByteBuffer from) throws IOException {
    seal(from);
  }

  private void seal(ByteBuffer from) throws IOException {
    sending.lock();
    try {
      sealed.clear();
      do {
        if (sealed.remaining() < sealed.capacity() / RECORDS) {
          flush();
        }
        SSLEngineResult result = engine.wrap(from, sealed);
        if (result.getStatus() == Status.CLOSED) {
          flush();
          throw new EOFException("the connection was closed");
        }
        if (result.getStatus() != Status.OK) {
          throw new SSLException("found " + result.getStatus() + " while sealing, wanted room");
        }
      } while (from.hasRemaining());
      flush();
    } finally {
      sending.unlock();
    }
  }

  private void flush() throws IOException {
    sealed.flip();
    while (sealed.hasRemaining()) {
      channel.write(sealed);
    }
    sealed.clear();
  }

  @Override
  public void readFully(ByteBuffer into) throws IOException {
    while (into.hasRemaining()) {
      if (opened.hasRemaining()) {
        int length = Math.min(opened.remaining(), into.remaining());
        into.put(into.position(), opened, opened.position(), length);
        into.position(into.position() + length);
        opened.position(opened.position() + length);
      } else if (into.remaining() >= record) {
        open(into);
      } else {
        open(opened.clear());
        opened.flip();
      }
    }
  }

  /** Opens one record, if it holds data, and answers what the protocol itself wants. */
  private void open(ByteBuffer into) throws IOException {
    int before = into.position();
    try {
      openOne(into);
    } catch (SSLException e) {
      into.limit(into.position());
      throw e;
    }
    assert into.position() >= before;
  }

  private void openOne(ByteBuffer into) throws IOException {
    SSLEngineResult result = engine.unwrap(arrived, into);
    switch (result.getStatus()) {
      case BUFFER_UNDERFLOW -> {
        arrived.compact();
        int read = channel.read(arrived);
        arrived.flip();
        if (read < 0) {
          throw new EOFException("the peer closed the connection");
        }
      }
      case CLOSED -> throw new EOFException("the peer closed the connection");
      case BUFFER_OVERFLOW -> throw new SSLException("found a record larger than TLS allows");
      case OK -> {
        HandshakeStatus wanted = result.getHandshakeStatus();
        if (wanted == HandshakeStatus.NEED_TASK) {
          runTasks();
          wanted = engine.getHandshakeStatus();
        }
        if (wanted == HandshakeStatus.NEED_WRAP) {
          seal(ByteBuffer.allocate(0));
        }
      }
    }
  }

  private void runTasks() {
    for (Runnable task = engine.getDelegatedTask();
        task != null;
        task = engine.getDelegatedTask()) {
      task.run();
    }
  }

  @Override
  public void close() {
    Sockets.close(channel);
    // An engine outside the heap gives its memory back when both halves are closed and its leave is
    // taken from it, though nobody hears it any more.
    engine.closeOutbound();
    try {
      engine.wrap(ByteBuffer.allocate(0), ByteBuffer.allocate(record));
      engine.closeInbound();
    } catch (SSLException unused) {
      // The peer has not taken leave, or not like this; the frames say what was whole.
    }
  }
}
