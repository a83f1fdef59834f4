package org.gemel.bench.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/** What a gap is when the client is slow to come back. */
final class MeasuredChangeTest {
  private final Acknowledged acknowledged = new Acknowledged();
  private final CountDownLatch changed = new CountDownLatch(1);

  @Test
  void aClientThatComesBackAfterTheChangeEndedIsWaitedFor() throws Exception {
    FutureTask<MeasuredChange> measuring =
        new FutureTask<>(
            () ->
                MeasuredChange.of(
                    new Changing(), acknowledged, Duration.ZERO, Duration.ofHours(1)));
    Thread thread = Thread.ofPlatform().daemon().start(measuring);

    final long last = acknowledgeOnceWaitedFor(1, thread);
    changed.await();
    final long back = acknowledgeOnceWaitedFor(2, thread);

    assertThat(measuring.get().secondsWithoutWrite()).isEqualTo((back - last) / 1e9);
  }

  @Test
  void aClientThatDoesNotWriteIsNamed() {
    assertThatThrownBy(
            () -> MeasuredChange.of(new Changing(), acknowledged, Duration.ZERO, Duration.ZERO))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("the client of a pair has no write acknowledged within 0 s");
  }

  @Test
  void aGapCountsFromTheLastAcknowledgementToTheFirstAfterIt() {
    for (int second : new int[] {1, 2, 9, 10}) {
      acknowledged.add(second, seconds(second));
    }

    assertThat(acknowledged.longestGap(seconds(3), seconds(5))).isEqualTo(7);
  }

  @Test
  void aGapStillOpenIsNotCountedAsNone() {
    acknowledged.add(1, seconds(1));
    acknowledged.add(2, seconds(2));

    assertThatThrownBy(() -> acknowledged.longestGap(seconds(3), seconds(5)))
        .hasMessageContaining("still open");
  }

  /** Ends too if the one who should wait does not. */
  private long acknowledgeOnceWaitedFor(int number, Thread waiting) {
    while (waiting.getState() != Thread.State.TIMED_WAITING && waiting.isAlive()) {
      Thread.onSpinWait();
    }
    long now = System.nanoTime();
    acknowledged.add(number, now);
    return now;
  }

  private static long seconds(int seconds) {
    return Duration.ofSeconds(seconds).toNanos();
  }

  /** Ends at once, and tells that it began. */
  private final class Changing implements SwitchedPair {
    @Override
    public String name() {
      return "a pair";
    }

    @Override
    public List<Access> clients() {
      return List.of();
    }

    @Override
    public Access main() {
      throw new IllegalStateException("nobody asks for it");
    }

    @Override
    public void change() {
      changed.countDown();
    }

    @Override
    public void close() {}
  }
}
