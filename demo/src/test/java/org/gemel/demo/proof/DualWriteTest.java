package org.gemel.demo.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.gemel.core.Side;
import org.junit.jupiter.api.Test;

final class DualWriteTest {
  @Test
  void aSwitchThereAndBackIsNoDualWrite() {
    assertThat(DualWrite.find(story("X+ Y- X+ Y- X- Y- X- Y+ X- Y+ X- Y- X+ Y- X+"))).isEmpty();
  }

  @Test
  void aWriteOnYBetweenTwoOnXIsOne() {
    assertThat(DualWrite.find(story("X+ Y- X+ Y+ X+ Y-")))
        .singleElement()
        .asString()
        .contains("X accepted")
        .contains("Y one");
  }

  @Test
  void aBrokenConnectionBetweenHidesNothing() {
    assertThat(DualWrite.find(story("X+ X? Y+ X? X+"))).hasSize(1);
  }

  @Test
  void writesThatOverlapInTimeProveNothing() {
    List<ProbeAttempt> attempts =
        List.of(
            attempt(Side.X, '+', 0, 10), attempt(Side.Y, '+', 5, 25), attempt(Side.X, '+', 20, 30));
    assertThat(DualWrite.find(attempts)).isEmpty();
  }

  /** One attempt after the other: side, then + accepted, - refused, ? unknown. */
  private static List<ProbeAttempt> story(String text) {
    List<ProbeAttempt> attempts = new ArrayList<>();
    long at = 0;
    for (String word : text.split(" ", -1)) {
      attempts.add(attempt(Side.parse(word.substring(0, 1)), word.charAt(1), at, at + 5));
      at += 10;
    }
    return attempts;
  }

  private static ProbeAttempt attempt(Side side, char answer, long begin, long end) {
    ProbeAttempt.Answer meaning =
        switch (answer) {
          case '+' -> ProbeAttempt.Answer.ACCEPTED;
          case '-' -> ProbeAttempt.Answer.REFUSED;
          default -> ProbeAttempt.Answer.UNKNOWN;
        };
    return new ProbeAttempt(side, begin, meaning, begin, end, Instant.ofEpochMilli(begin), "");
  }
}
