package org.gemel.bench.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How what was started is ended. */
final class StartedTest {
  private final Started started = new Started();
  private final List<String> ended = new ArrayList<>();

  @Test
  void theLastStartedEndsFirstAndEachOnce() {
    started.add(() -> ended.add("server"));
    started.add(() -> ended.add("agent"));

    started.close();
    started.close();

    assertThat(ended).containsExactly("agent", "server");
  }

  @Test
  void oneThatFailsToEndLeavesNoOtherBehind() {
    started.add(() -> ended.add("server"));
    started.add(
        () -> {
          throw new IllegalStateException("the agent hangs");
        });

    assertThatThrownBy(started::close).hasMessage("the agent hangs");
    assertThat(ended).containsExactly("server");
  }

  @Test
  void anInterruptIsHeldBackUntilAllEnded() {
    started.add(() -> ended.add("server, interrupted: " + Thread.currentThread().isInterrupted()));
    started.add(() -> Thread.currentThread().interrupt());
    Thread.currentThread().interrupt();

    started.close();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(ended).containsExactly("server, interrupted: false");
  }
}
