package org.gemel.mirror.link;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A frame's check is good for one frame of one connection. */
@Tag("B-40")
final class FrameSealTest {
  @Test
  void theSameFrameHasAnotherCheckEachTimeAndBothEndsAgree() {
    FrameSeal sender = new FrameSeal(7);
    FrameSeal receiver = new FrameSeal(7);
    long first = sender.next(1, 2, 3, 4);
    long second = sender.next(1, 2, 3, 4);
    assertThat(second).isNotEqualTo(first);
    assertThat(receiver.next(1, 2, 3, 4)).isEqualTo(first);
    assertThat(receiver.next(1, 2, 3, 4)).isEqualTo(second);
  }

  @Test
  void itIsOverAllOfTheFrameAndTheKey() {
    long check = new FrameSeal(7).next(1, 2, 3, 4);
    assertThat(new FrameSeal(8).next(1, 2, 3, 4)).isNotEqualTo(check);
    assertThat(new FrameSeal(7).next(0, 2, 3, 4)).isNotEqualTo(check);
    assertThat(new FrameSeal(7).next(1, 0, 3, 4)).isNotEqualTo(check);
    assertThat(new FrameSeal(7).next(1, 2, 0, 4)).isNotEqualTo(check);
    assertThat(new FrameSeal(7).next(1, 2, 3, 0)).isNotEqualTo(check);
  }
}
