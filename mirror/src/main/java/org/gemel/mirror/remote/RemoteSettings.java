package org.gemel.mirror.remote;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * How a server is worked with.
 *
 * @param streams connections at once
 * @param tries how often something is tried anew after its connection was lost
 * @param between how long to wait before each
 * @param waiting what the time is, and how it passes
 */
public record RemoteSettings(int streams, int tries, Duration between, Waiting waiting) {
  /** Four connections; three more tries, every ten seconds. */
  public static final RemoteSettings USUAL =
      new RemoteSettings(4, 3, Duration.ofSeconds(10), Waiting.REAL);

  public RemoteSettings {
    if (streams < 1 || streams > 64) {
      throw new IllegalArgumentException("found " + streams + " streams, wanted 1 to 64");
    }
    if (tries < 0 || between.isNegative()) {
      throw new IllegalArgumentException(
          "found " + tries + " retries every " + between + ", wanted none of them negative");
    }
  }

  public RemoteSettings withStreams(int number) {
    return new RemoteSettings(number, tries, between, waiting);
  }

  public RemoteSettings withRetries(int number, Duration pause) {
    return new RemoteSettings(streams, number, pause, waiting);
  }

  public RemoteSettings withWaiting(Waiting other) {
    return new RemoteSettings(streams, tries, between, other);
  }

  /** The clock, and time that passes by it. */
  public interface Waiting {
    /** The machine's. */
    Waiting REAL =
        new Waiting() {
          @Override
          public long milliseconds() {
            return System.currentTimeMillis();
          }

          @Override
          public void pause(Duration length) {
            long end = System.nanoTime() + length.toNanos();
            for (long left = length.toNanos(); left > 0; left = end - System.nanoTime()) {
              LockSupport.parkNanos(left);
              if (Thread.currentThread().isInterrupted()) {
                return;
              }
            }
          }
        };

    /** Milliseconds since 1970. */
    long milliseconds();

    void pause(Duration length);
  }
}
