package org.gemel.mirror;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is known of one profile's scrub. Written by its thread, looked at by any. */
final class ScrubBook {
  private static final Duration BEFORE_ROUND = ScrubOptions.USUAL_SETTLED.multipliedBy(2);

  private final ScrubStore store;
  private final Optional<String> epoch;
  private Instant due;
  private @Nullable ScrubState place;
  private long repaired;
  private Optional<ScrubRound> last;
  private Optional<EqualityCertificate> certificate;
  private Optional<String> stuck = Optional.empty();
  private Optional<String> failed = Optional.empty();

  /** Takes up what was kept of a direction. */
  ScrubBook(ScrubStore kept, Optional<String> roleEpoch, Instant now) {
    store = kept;
    epoch = roleEpoch;
    Optional<ScrubStore.Memory> memory = kept.load();
    place = memory.filter(this::isOfThisEpoch).map(ScrubStore.Memory::place).orElse(null);
    // What the first pass writes is judged once it has settled.
    due = place == null || place.over() ? now.plus(BEFORE_ROUND) : now;
    repaired = memory.filter(this::isOfThisEpoch).map(ScrubStore.Memory::repaired).orElse(0L);
    last = memory.flatMap(ScrubStore.Memory::last);
    certificate = kept.certificate();
  }

  private boolean isOfThisEpoch(ScrubStore.Memory memory) {
    return epoch.equals(memory.epoch());
  }

  synchronized Instant due() {
    return due;
  }

  synchronized void due(Instant next) {
    due = next;
  }

  synchronized Optional<ScrubState> place() {
    return Optional.ofNullable(place);
  }

  synchronized void at(ScrubState now) {
    if (place == null || !place.begun().equals(now.begun())) {
      repaired = 0;
      failed = Optional.empty();
    }
    place = now;
  }

  synchronized void repaired(long more) {
    repaired += more;
  }

  /** The round has ended, and all that it found has been seen to. */
  synchronized void ended(Instant now) {
    if (place != null) {
      last = Optional.of(ScrubRound.of(place, Optional.of(now), repaired));
    }
  }

  /** Who looks meanwhile does not wait for the disk. */
  void certified(EqualityCertificate made) throws IOException {
    synchronized (this) {
      certificate = Optional.of(made);
    }
    store.certify(made);
  }

  /** It cannot go on now. */
  synchronized void stuck(String words) {
    stuck = Optional.of(words);
  }

  synchronized void notStuck() {
    stuck = Optional.empty();
  }

  /** Something in this round did not go well; the first is told. */
  synchronized void failed(String words) {
    failed = failed.or(() -> Optional.of(words));
  }

  /** So that a restart goes on from here. */
  void save() {
    ScrubStore.Memory memory;
    synchronized (this) {
      if (place == null) {
        return;
      }
      memory = new ScrubStore.Memory(place, repaired, last, epoch);
    }
    try {
      store.save(memory);
    } catch (IOException e) {
      failed("its place cannot be kept for a restart: " + e);
    }
  }

  synchronized ScrubStatus status(String plan) {
    Optional<ScrubRound> current =
        place == null || place.over()
            ? Optional.empty()
            : Optional.of(ScrubRound.of(place, Optional.empty(), repaired));
    return new ScrubStatus(plan, current, last, certificate, stuck.or(() -> failed));
  }
}
