package org.gemel.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How much went over, as both tell it. */
final class MovedTest {
  @Test
  void gemelAndRsyncAreBothUnderstood() {
    assertThat(Moved.bytesMoved("{\n  \"bytesMoved\" : 4711\n}")).hasValue(4711);
    assertThat(Moved.bytesMoved("Literal data: 10,485,760 bytes\n")).hasValue(10_485_760);
    assertThat(Moved.bytesMoved("nothing of that kind")).isEmpty();
  }
}
