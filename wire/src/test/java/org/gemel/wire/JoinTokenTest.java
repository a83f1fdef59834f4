package org.gemel.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class JoinTokenTest {
  private static final String SECRET = "5ec2e75ec2e75ec2e75ec2e7";
  private static final JoinToken TOKEN =
      new JoinToken("0a1b", SECRET, new Fingerprint("ab".repeat(32)));

  @Test
  void isReadBackAsItWasShown() {
    assertThat(JoinToken.parse(TOKEN.text())).isEqualTo(TOKEN);
    assertThat(JoinToken.parse("  " + TOKEN.text() + "\n")).isEqualTo(TOKEN);
  }

  @Test
  void carriesIdAndSecretToTheControlPoint() {
    assertThat(TOKEN.credential()).isEqualTo("0a1b." + SECRET);
  }

  @Test
  void keepsItsSecretOutOfLogs() {
    assertThat(TOKEN.toString()).doesNotContain(SECRET).contains("0a1b");
  }

  @Test
  void saysWhatIsWrongWithoutShowingTheSecret() {
    refused("0a1b." + SECRET, "2 parts");
    refused("", "1 part,");
    refused("0a1b." + SECRET + ".abab", "a third part of 4 characters");
    refused("ID." + SECRET + "." + "ab".repeat(32), "an id that");
    refused("0a1b.short." + "ab".repeat(32), "a secret that");
  }

  private static void refused(String text, String found) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JoinToken.parse(text))
        .withMessageContaining(found)
        .withMessageContaining("wanted <id>.<secret>.<fingerprint>")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain(SECRET));
  }
}
