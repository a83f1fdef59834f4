package org.gemel.agent.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PacedTest {
  private static final Duration TO_THE_END = Duration.ofDays(1);

  private final AtomicLong now = new AtomicLong();
  private final AtomicLong costs = new AtomicLong();
  private final AtomicLong counts = new AtomicLong();
  private CountDownLatch open = new CountDownLatch(0);

  private final Paced<Long> count =
      new Paced<>(
          "count",
          now::get,
          () -> {
            try {
              open.await();
            } catch (InterruptedException ending) {
              Thread.currentThread().interrupt();
            }
            now.addAndGet(costs.get());
            return counts.incrementAndGet();
          });

  private long read() throws InterruptedException {
    return count.read(TO_THE_END).orElseThrow().value();
  }

  @Test
  void whatCostsMuchIsLookedAtSeldom() throws InterruptedException {
    costs.set(10);
    assertThat(read()).isEqualTo(1);
    now.addAndGet(499);
    assertThat(read()).isEqualTo(1);
    now.addAndGet(1);
    assertThat(read()).isEqualTo(2);
  }

  @Test
  void whatCostsNothingIsLookedAtEachTime() throws InterruptedException {
    assertThat(read()).isEqualTo(1);
    assertThat(read()).isEqualTo(2);
  }

  @Test
  void theFirstLookIsTakenWhateverTheClockSays() throws InterruptedException {
    now.set(Long.MIN_VALUE);
    assertThat(read()).isEqualTo(1);
  }

  @Test
  void nobodyWaitsForALongLookAndWhatWasSeenBeforeIsToldWithItsAge() throws InterruptedException {
    assertThat(read()).isEqualTo(1);
    open = new CountDownLatch(1);
    now.addAndGet(7);
    var seen = count.read(Duration.ZERO).orElseThrow();
    assertThat(seen).isEqualTo(new Paced.Seen<>(1L, Duration.ofNanos(7)));
    assertThat(count.read(Duration.ZERO).orElseThrow().value()).as("the same look").isEqualTo(1);
    open.countDown();
    assertThat(read()).isEqualTo(2);
    assertThat(counts).hasValue(2);
  }

  @Test
  void whoOnlyWantsWhatIsKnownWaitsForTheFirstLookAlone() throws InterruptedException {
    assertThat(count.known(TO_THE_END).orElseThrow().value()).isEqualTo(1);
    open = new CountDownLatch(1);
    assertThat(count.known(TO_THE_END).orElseThrow().value()).isEqualTo(1);
    open.countDown();
    assertThat(read()).isEqualTo(2);
  }

  @Test
  void nothingIsKnownBeforeTheFirstLookHasEnded() throws InterruptedException {
    open = new CountDownLatch(1);
    assertThat(count.read(Duration.ZERO)).isEmpty();
    open.countDown();
    assertThat(read()).isEqualTo(1);
  }
}
