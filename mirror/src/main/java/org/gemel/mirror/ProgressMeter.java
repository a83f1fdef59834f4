package org.gemel.mirror;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalLong;
import org.gemel.mirror.system.TreePath;

/**
 * Measures the pass at work. The pass' thread only stores where it is, which it does for every
 * file; rate and time left are worked out when somebody looks, from the looks of the last seconds.
 */
final class ProgressMeter {
  private static final Duration WINDOW = Duration.ofSeconds(10);
  private static final Duration BETWEEN_SAMPLES = Duration.ofSeconds(1);

  private record Sample(Instant at, long bytes) {}

  private final Instant since;
  private final OptionalLong filesExpected;
  private final Deque<Sample> samples = new ArrayDeque<>();
  private volatile long files;
  private volatile long bytesMoved;
  private volatile TreePath at = TreePath.ROOT;

  /**
   * @param filesExpected as an earlier pass found them
   */
  ProgressMeter(Instant since, OptionalLong filesExpected) {
    this.since = since;
    this.filesExpected = filesExpected;
    samples.add(new Sample(since, 0));
  }

  void reached(long files, long bytesMoved, TreePath at) {
    this.files = files;
    this.bytesMoved = bytesMoved;
    this.at = at;
  }

  Instant since() {
    return since;
  }

  /** How it stands; the more often it is looked at, the fresher the rate. */
  synchronized PassProgress progress(Instant now) {
    long bytes = bytesMoved;
    sample(now, bytes);
    Sample oldest = samples.getFirst();
    long milliseconds = Duration.between(oldest.at(), now).toMillis();
    long rate = milliseconds <= 0 ? 0 : (bytes - oldest.bytes()) * 1000 / milliseconds;
    return new PassProgress(since, files, bytes, rate, at.toString(), left(now));
  }

  private void sample(Instant now, long bytes) {
    while (samples.size() > 1 && samples.getFirst().at().isBefore(now.minus(WINDOW))) {
      samples.removeFirst();
    }
    if (!samples.getLast().at().plus(BETWEEN_SAMPLES).isAfter(now)) {
      samples.addLast(new Sample(now, bytes));
    }
  }

  private Optional<Duration> left(Instant now) {
    long seen = files;
    if (filesExpected.isEmpty() || seen == 0 || seen > filesExpected.getAsLong()) {
      return Optional.empty();
    }
    double perFile = (double) Duration.between(since, now).toMillis() / seen;
    return Optional.of(
        Duration.ofMillis(Math.max(0, (long) (perFile * (filesExpected.getAsLong() - seen)))));
  }
}
