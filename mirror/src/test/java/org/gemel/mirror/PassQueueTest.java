package org.gemel.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("M-55")
final class PassQueueTest {
  private final PassQueue queue = new PassQueue(2);

  @Test
  void noMoreThanSoManyAreAtWorkAndTheNextBeginsWhenOneHasEnded() {
    List.of("a", "b", "c").forEach(queue::due);
    assertThat(queue.next()).contains("a");
    assertThat(queue.next()).contains("b");
    assertThat(queue.next()).isEmpty();
    assertThat(queue.isWaiting("c")).isTrue();
    queue.ended("b");
    assertThat(queue.next()).contains("c");
  }

  @Test
  void whoIsDueAgainAndAgainStandsInTheQueueOnce() {
    List.of("a", "b", "c", "c", "a").forEach(queue::due);
    queue.next();
    queue.next();
    List.of("a", "b", "c").forEach(queue::due);
    queue.ended("a");
    assertThat(queue.next()).contains("c");
    queue.ended("b");
    assertThat(queue.next()).isEmpty();
  }

  @Test
  void aPassByHandTakesAPlaceWithoutWaiting() {
    queue.begunByHand();
    List.of("a", "b").forEach(queue::due);
    assertThat(queue.next()).contains("a");
    assertThat(queue.next()).isEmpty();
    queue.endedByHand();
    assertThat(queue.next()).contains("b");
  }

  @Test
  void whoWithdrawsLosesNothingForTheOthers() {
    List.of("a", "b", "c", "d").forEach(queue::due);
    queue.withdraw("c");
    queue.next();
    queue.next();
    queue.ended("a");
    assertThat(queue.next()).contains("d");
  }

  @Test
  void withoutAPlaceNothingWouldBeMirrored() {
    assertThatThrownBy(() -> new PassQueue(0)).hasMessageContaining("wanted 1 or more");
  }

  /** However greedy the others are: nobody sees another profile pass him twice while he waits. */
  @Test
  void nobodyIsOvertakenTwiceByTheSame() {
    Random random = new Random(64);
    List<String> names = List.of("a", "b", "c", "d", "e");
    List<String> working = new ArrayList<>();
    Map<String, Map<String, Integer>> overtaken = new HashMap<>();
    for (int step = 0; step < 5_000; step++) {
      String name = names.get(random.nextInt(names.size()));
      queue.due(name);
      if (!working.isEmpty() && random.nextInt(3) == 0) {
        queue.ended(working.remove(random.nextInt(working.size())));
      }
      for (var next = queue.next(); next.isPresent(); next = queue.next()) {
        String begun = next.get();
        working.add(begun);
        assertThat(working).hasSizeLessThanOrEqualTo(2);
        overtaken.remove(begun);
        for (String other : names) {
          if (queue.isWaiting(other)) {
            int times =
                overtaken
                    .computeIfAbsent(other, _ -> new HashMap<>())
                    .merge(begun, 1, Integer::sum);
            assertThat(times).as(other + " overtaken by " + begun).isLessThanOrEqualTo(1);
          }
        }
      }
    }
  }
}
