package org.gemel.config.kept;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A control point's secrets open with the key that was printed, and with no other. */
@Tag("M-63")
final class RecoveryKeyTest {
  private final RecoveryKey key = RecoveryKey.create();
  private final KeptFile secret =
      new KeptFile(
          Path.of("/var/lib/gemel/secret"),
          "rw-------",
          false,
          "the secret".getBytes(StandardCharsets.UTF_8));

  @Test
  void asTypedFromPaperItOpensWhatItSealed() throws IOException {
    var sealed = key.seal(secret);
    assertThat(new String(sealed.content(), StandardCharsets.ISO_8859_1))
        .doesNotContain("the secret");
    var typed = key.text().toUpperCase(Locale.ROOT).replace("-", " ") + "\n";
    assertThat(RecoveryKey.parse(typed).open(sealed).content()).isEqualTo(secret.content());
  }

  @Test
  void anotherKeyOpensNothing() {
    var sealed = key.seal(secret);
    assertThatThrownBy(() -> RecoveryKey.create().open(sealed))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("not sealed with this recovery key");
  }

  @Test
  void whatWasSealedForOnePlaceOpensInNoOther() {
    var moved =
        new KeptFile(Path.of("/etc/cron.d/x"), "rw-------", true, key.seal(secret).content());
    assertThatThrownBy(() -> key.open(moved)).isInstanceOf(IOException.class);
  }

  @Test
  void aChangedByteIsSeen() {
    var bytes = key.seal(secret).content();
    bytes[bytes.length / 2] ^= 1;
    assertThatThrownBy(() -> key.open(new KeptFile(secret.place(), secret.mode(), true, bytes)))
        .isInstanceOf(IOException.class);
  }

  @Test
  void whatIsNoKeyIsRefusedInWords() {
    assertThatThrownBy(() -> RecoveryKey.parse("abc"))
        .hasMessageContaining("found 3 characters, wanted a recovery key of 64");
    assertThat(key.toString()).doesNotContain(key.text().substring(0, 4));
  }
}
