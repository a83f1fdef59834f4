package org.gemel.mirror.link;

import java.time.Duration;
import java.util.Optional;

/** Whether the other end still lives: it has shown itself lately, and takes what it is sent. */
final class Liveness {
  private final long silence;
  private long heard;

  Liveness(Duration silence, long now) {
    this.silence = silence.toNanos();
    this.heard = now;
  }

  synchronized void heard(long now) {
    heard = now;
  }

  /**
   * Why the other end is to be given up, if it is.
   *
   * @param sendingSince since when something cannot be sent to it; {@link Long#MAX_VALUE} if all
   *     was
   */
  synchronized Optional<String> verdict(long now, long sendingSince) {
    if (now - heard > silence) {
      return Optional.of("found no sign of the peer for " + seconds(now - heard));
    }
    if (sendingSince != Long.MAX_VALUE && now - sendingSince > silence) {
      return Optional.of("found a peer that takes nothing for " + seconds(now - sendingSince));
    }
    return Optional.empty();
  }

  private static String seconds(long nanos) {
    return Duration.ofNanos(nanos).toSeconds() + " s, wanted one that lives";
  }
}
