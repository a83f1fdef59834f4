package org.gemel.config.kept;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only an older key opens is not overwritten by a control point that lost it. */
@Tag("M-63")
final class KeepingTest {
  private final KeptFolder folder;

  KeepingTest(@TempDir Path volume) {
    folder = new KeptFolder(volume.resolve("Configuration"));
  }

  private static byte[] archive(String content, RecoveryKey key) throws IOException {
    var open =
        new KeptFile(
            Path.of("/secret"), "rw-------", false, content.getBytes(StandardCharsets.UTF_8));
    return KeptArchive.write(
        new KeptMachine(
            "control-point",
            MachineKind.CONTROL_POINT,
            Instant.EPOCH,
            List.of(key.seal(open)),
            key.id()));
  }

  @Test
  void aControlPointSetUpAnewLeavesItsPredecessorsArchive() throws IOException {
    var lost = RecoveryKey.create();
    var anew = RecoveryKey.create();
    Keeping.keep(folder, "control-point", archive("one", lost));
    Keeping.keep(folder, "control-point", archive("two", lost));
    Keeping.keep(folder, "control-point", archive("empty", anew));
    Keeping.keep(folder, "control-point", archive("still empty", anew));

    assertThat(folder.digests()).containsOnlyKeys("control-point", "control-point.before-1");
    var before = KeptArchive.read(folder.read("control-point.before-1"), "it");
    assertThat(lost.open(before.files().getFirst()).content()).asString().isEqualTo("two");
  }

  @Test
  void whatIsNotOfThisMachineIsNotKept() {
    assertThatThrownBy(() -> Keeping.keep(folder, "nas-x", archive("one", RecoveryKey.create())))
        .hasMessageContaining("sent as that of nas-x");
  }
}
