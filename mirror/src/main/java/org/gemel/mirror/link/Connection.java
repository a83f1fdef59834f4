package org.gemel.mirror.link;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.locks.ReentrantLock;
import org.gemel.mirror.RateLimit;
import org.gemel.mirror.system.PackedForm;
import org.gemel.mirror.system.PackedForm.BrokenFormException;

/**
 * Frames to and from a peer. A frame is a header of 32 bytes and at most {@link #LARGEST} bytes
 * more; its length is looked at before memory is taken for it. One thread receives; any may send.
 *
 * <p>Header, little-endian: length (4), type (1), flags (1), zero (2), request (4), length unpacked
 * (4), argument (8), check (8).
 */
final class Connection implements AutoCloseable {
  /** The most a frame may hold once the peer is known. */
  static final int LARGEST = 1024 * 1024;

  /** The most before. */
  static final int LARGEST_BEFORE = 1024;

  static final int HEADER = 32;

  private static final int PACKED = 1;

  private final ByteLink link;
  private final ReentrantLock sending = new ReentrantLock();
  private FrameSeal outSeal = new FrameSeal(0);
  private FrameSeal inSeal = new FrameSeal(0);
  private int limit = LARGEST_BEFORE;
  private ByteBuffer out = buffer(LARGEST_BEFORE);
  private ByteBuffer in = buffer(LARGEST_BEFORE);
  private FramePacking packing = FramePacking.NONE;
  private RateLimit rate = RateLimit.NONE;
  private volatile long sendingSince = Long.MAX_VALUE;

  Connection(ByteLink link) {
    this.link = link;
  }

  /** What fills a frame. */
  interface Filler {
    void fill(ByteBuffer payload) throws IOException;
  }

  /** From now on frames are sealed with these keys. */
  void sealWith(long outKey, long inKey) {
    outSeal = new FrameSeal(outKey);
    inSeal = new FrameSeal(inKey);
  }

  /** The peer is known: frames may have their full size. */
  void admit() {
    limit = LARGEST;
    out = buffer(LARGEST);
  }

  /** How content is sent: packed or not, and how fast. */
  void shape(FramePacking how, RateLimit most) {
    packing = how;
    rate = most;
  }

  /** Sends a frame without content. */
  void send(FrameType type, int request) throws IOException {
    send(type, request, payload -> {});
  }

  void send(FrameType type, int request, Filler filler) throws IOException {
    sending.lock();
    try {
      filler.fill(begin());
      finish(type, request, 0);
    } finally {
      sending.unlock();
    }
  }

  /** Sends words if nobody is sending: whoever ends a session must not wait for its peer. */
  void sayIfFree(FrameType type, String words) {
    if (!sending.tryLock()) {
      return;
    }
    try {
      Words.write(words, begin());
      finish(type, 0, 0);
    } catch (IOException gone) {
      // It was only a courtesy.
    } finally {
      sending.unlock();
    }
  }

  /** Sends a frame without content but with an argument. */
  void sendArgument(FrameType type, int request, long argument) throws IOException {
    sending.lock();
    try {
      begin();
      finish(type, request, argument);
    } finally {
      sending.unlock();
    }
  }

  /** Where the next frame's content goes; only for a thread that alone sends here. */
  ByteBuffer begin() {
    return out.clear().limit(HEADER + limit).position(HEADER);
  }

  /** Sends what was put after {@link #begin}; returns its hash. */
  long finish(FrameType type, int request, long argument) throws IOException {
    int length = out.position() - HEADER;
    long hash = FrameSeal.contentHash(out, HEADER, length);
    int sent = packing.pack(out, HEADER, length);
    boolean packed = sent >= 0;
    long wire = packed ? FrameSeal.contentHash(out, HEADER, sent) : hash;
    int bytes = packed ? sent : length;
    out.putInt(0, bytes);
    out.put(4, (byte) type.code());
    out.put(5, (byte) (packed ? PACKED : 0));
    out.putShort(6, (short) 0);
    out.putInt(8, request);
    out.putInt(12, packed ? length : 0);
    out.putLong(16, argument);
    out.putLong(24, outSeal.next(out.getLong(0), out.getLong(8), argument, wire));
    out.limit(HEADER + bytes).position(0);
    rate.await(HEADER + bytes);
    sendingSince = System.nanoTime();
    try {
      link.write(out);
    } catch (IOException e) {
      throw new LinkLostException(String.valueOf(e.getMessage()), e);
    } finally {
      sendingSince = Long.MAX_VALUE;
    }
    return hash;
  }

  /** Since when a frame cannot be sent; {@link Long#MAX_VALUE} if none is being sent. */
  long sendingSince() {
    return sendingSince;
  }

  /**
   * Waits for the next frame.
   *
   * @throws BrokenFormException if it is none that a sound peer sends now
   */
  Frame receive() throws IOException {
    link.readFully(in.clear().limit(HEADER));
    int length = in.getInt(0);
    PackedForm.require(
        length >= 0 && length <= limit, "a frame of at most " + limit + " bytes", length);
    FrameType type = FrameType.of(in.get(4));
    int flags = in.get(5);
    int unpacked = in.getInt(12);
    PackedForm.require((flags & ~PACKED) == 0 && in.getShort(6) == 0, "frame flags", flags);
    PackedForm.require(
        flags == 0 ? unpacked == 0 : unpacked > 0 && unpacked <= limit,
        "the length of a frame's content",
        unpacked);
    if (in.capacity() < HEADER + length) {
      makeRoom();
    }
    link.readFully(in.limit(HEADER + length).position(HEADER));
    long hash = FrameSeal.contentHash(in, HEADER, length);
    long check = inSeal.next(in.getLong(0), in.getLong(8), in.getLong(16), hash);
    if (check != in.getLong(24)) {
      throw new BrokenFormException(
          "found a frame that is damaged, repeated, out of its order or not of this connection,"
              + " wanted the next one");
    }
    if (flags == 0) {
      in.position(HEADER);
      return new Frame(type, in.getInt(8), in.getLong(16), in, hash);
    }
    ByteBuffer content = packing.unpack(in, HEADER, length, unpacked);
    long whole = FrameSeal.contentHash(content, 0, unpacked);
    return new Frame(type, in.getInt(8), in.getLong(16), content, whole);
  }

  /** Waits for a frame of one type. */
  Frame receive(FrameType wanted) throws IOException {
    Frame frame = receive();
    if (frame.type() == FrameType.REFUSED) {
      throw new LinkRefusedException(Words.read(frame.payload()));
    }
    if (frame.type() != wanted) {
      throw new BrokenFormException("found a frame " + frame.type() + ", wanted " + wanted);
    }
    return frame;
  }

  private void makeRoom() {
    ByteBuffer larger = buffer(limit);
    larger.put(0, in, 0, HEADER);
    in = larger;
  }

  private static ByteBuffer buffer(int content) {
    return ByteBuffer.allocateDirect(HEADER + content).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public void close() {
    link.close();
  }
}
