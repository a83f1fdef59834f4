package org.gemel.mirror.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.gemel.mirror.Shell;

/** Says whether two trees are alike, by means that share nothing with the mirror. */
final class Judge {
  private Judge() {}

  /** Both by {@code java.nio.file} and by rsync, which must find nothing to do. */
  static void proveAlike(Path source, Path target, String when) throws IOException {
    proveAlikeByReading(source, target, when);
    assertThat(Shell.rsyncWouldDo(source, target)).as(when).isEmpty();
  }

  /** By {@code java.nio.file} alone; also, that nothing unfinished is left. */
  static void proveAlikeByReading(Path source, Path target, String when) throws IOException {
    Snapshot held = Snapshot.of(target);
    assertThat(Snapshot.of(source).mirrored().differences(held.mirrored())).as(when).isEmpty();
    assertThat(held.temporaries()).as(when).isEmpty();
  }
}
