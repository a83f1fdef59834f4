package org.gemel.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.gemel.mirror.MirrorReport.Outcome;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** FIFOs and devices are mirrored if that is asked for. */
@Tag("M-54")
class SpecialsTest {
  private Trees trees;

  @BeforeEach
  void fill(@TempDir Path folder) {
    trees = Trees.in(folder);
    trees.inSource(
        "mkfifo -m 640 pipe; touch -d @5000.5 pipe; echo one > file; mkdir below; mkfifo below/p");
  }

  private MirrorReport mirror() {
    MirrorRequest request = trees.request();
    MirrorReport report =
        TreeMirror.run(
            request.withFilters(request.filters().withSpecials(true)), MirrorListener.NONE);
    assertThat(report.outcome()).as(report.toString()).isEqualTo(Outcome.COMPLETE);
    return report;
  }

  private void prove() {
    mirror();
    assertThat(Shell.run(trees.target(), LOOK)).isEqualTo(Shell.run(trees.source(), LOOK));
    assertThat(mirror().counts().changedAnything()).as("a second pass changes nothing").isFalse();
  }

  private static final String LOOK = "find . -printf '%P %y %m %U %T@ ' -exec stat -c '%t:%T' {} +";

  @Test
  void pipesArriveWithTheirModeAndTime() {
    prove();
    trees.inSource("chmod 600 pipe; rm below/p; mkfifo other");
    prove();
  }

  @Test
  void eachBecomesTheOther() {
    trees.inSource("mkdir folder; echo x > folder/x; ln -s file link");
    prove();
    trees.inSource(
        "rm pipe file link; echo now > pipe; mkfifo file link; rm -r folder below; mkfifo folder below");
    prove();
    trees.inSource("rm folder below file; mkdir folder; echo again > folder/x; ln -s pipe file");
    prove();
  }

  @Test
  void withoutBeingAskedForTheyAreSkippedAndWhatTheTargetHasStays() {
    prove();
    assertThat(trees.mirror().counts().skipped()).isEqualTo(2);
    assertThat(Shell.run(trees.target(), "test -p pipe && echo there")).startsWith("there");
  }

  @Test
  void devicesArriveWithTheirNumbers() {
    Assumptions.assumeTrue(
        Shell.isRoot() && makesDevices(), "needs a root that may make devices here");
    trees.inSource("mknod null c 1 3; mknod far b 259 300; mknod same c 1 3; touch -d @9 same");
    prove();
    trees.inSource("rm same; mknod same c 1 5; touch -d @9 same");
    prove();
  }

  private boolean makesDevices() {
    return Shell.run(trees.target(), "mknod probe c 1 3 && rm probe && echo yes || true")
        .startsWith("yes");
  }
}
