package org.gemel.bench.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nobody has a process yet that was not seen ready, so nobody else would end it. */
final class RunningTest {
  @TempDir Path scratch;

  @Test
  void oneThatIsInterruptedBeforeItWasReadyIsEnded() throws Exception {
    Running sleeper = Running.start("a sleeper", Launch.of("sleep", "1000"), scratch);
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> sleeper.await("ready", Duration.ofHours(1), () -> false))
        .isInstanceOf(InterruptedException.class);
    assertThat(sleeper.isAlive()).isFalse();
  }

  @Test
  void oneThatCannotBeAskedIsEnded() throws Exception {
    Running sleeper = Running.start("a sleeper", Launch.of("sleep", "1000"), scratch);

    assertThatThrownBy(
            () ->
                sleeper.await(
                    "ready",
                    Duration.ofHours(1),
                    () -> {
                      throw new IllegalStateException("no answer");
                    }))
        .hasMessage("no answer");
    assertThat(sleeper.isAlive()).isFalse();
  }
}
