package org.gemel.mirror.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.gemel.mirror.MirrorReport;
import org.gemel.mirror.MirrorReport.Outcome;
import org.gemel.mirror.Shell;
import org.gemel.mirror.Trees;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A volume that is really full: what has no room is named, all else arrives. */
@Tag("M-54")
final class FullTargetTest {
  private final Trees trees;
  private final Volumes volumes;

  FullTargetTest(@TempDir Path folder) throws Exception {
    volumes = new Volumes(folder);
    trees = Trees.in(folder);
    volumes.inMemory("target", "1m");
  }

  @AfterEach
  void unmount() {
    volumes.close();
  }

  @Test
  void whatHasNoRoomIsNamedAndAllElseArrives() {
    trees.inSource("head -c 3000000 /dev/urandom > b-too-large; echo a > a; echo c > c");
    MirrorReport report = trees.mirror();
    assertThat(report.outcome()).isEqualTo(Outcome.INCOMPLETE);
    assertThat(report.counts().failed()).isEqualTo(1);
    assertThat(report.summary()).contains("b-too-large").contains("no space left on the volume");
    assertThat(Shell.run(trees.target(), "ls -A; cat a c")).isEqualTo("a\nc\na\nc\n");
  }

  @Test
  void roomMadeByDeletesServesTheNextPass() {
    trees.inSource("head -c 700000 /dev/urandom > one");
    trees.mirrorAndProve();
    trees.inSource("rm one; head -c 700000 /dev/urandom > two");
    assertThat(trees.mirror().outcome()).isEqualTo(Outcome.INCOMPLETE);
    trees.mirrorAndProve();
  }
}
