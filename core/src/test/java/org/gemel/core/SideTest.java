package org.gemel.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class SideTest {
  @Test
  void eachSideIsTheOthersOther() {
    for (Side side : Side.values()) {
      assertThat(side.other()).isNotEqualTo(side);
      assertThat(side.other().other()).isEqualTo(side);
    }
  }

  @Test
  void aTypedSideIsReadInEitherCase() {
    assertThat(Side.parse(" x ")).isEqualTo(Side.X);
    assertThat(Side.parse("Y")).isEqualTo(Side.Y);
  }

  @Test
  void anUnknownSideNamesWhatWasFoundAndWanted() {
    assertThatThrownBy(() -> Side.parse("Z"))
        .hasMessageContaining("'Z'")
        .hasMessageContaining("X or Y");
  }
}
