package org.gemel.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** A key as the server writes it is taken apart just as it was put together. */
class RowTextTest {
  @Test
  void quotesCommasAndBackslashesBelongToTheValues() {
    assertThat(RowText.fields("(17)")).containsExactly("17");
    assertThat(RowText.fields("(\"\")")).containsExactly("");
    assertThat(RowText.fields("(a,\"b,c\",\"d\"\"e\",\"f\\\\g\")"))
        .containsExactly("a", "b,c", "d\"e", "f\\g");
    assertThat(RowText.fields("(\"\"\"\",\"(x)\")")).containsExactly("\"", "(x)");
  }

  @Test
  void whatIsNoRowIsRefused() {
    assertThatThrownBy(() -> RowText.fields("17")).hasMessageContaining("wanted a row");
  }
}
