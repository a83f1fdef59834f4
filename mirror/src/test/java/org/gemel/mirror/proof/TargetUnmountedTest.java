package org.gemel.mirror.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.gemel.mirror.Change;
import org.gemel.mirror.Marker;
import org.gemel.mirror.MirrorListener;
import org.gemel.mirror.MirrorReport;
import org.gemel.mirror.MirrorReport.Outcome;
import org.gemel.mirror.MirrorRequest;
import org.gemel.mirror.Shell;
import org.gemel.mirror.TreeMirror;
import org.gemel.mirror.Trees;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A volume that goes away from under the target does not leave its tree in the folder beneath. */
@Tag("B-12")
final class TargetUnmountedTest {
  private final Trees trees;
  private final Volumes volumes;
  private final MirrorRequest request;

  TargetUnmountedTest(@TempDir Path folder) {
    volumes = new Volumes(folder);
    trees = Trees.in(folder);
    request = trees.request().withMarker(new Marker(".volume", Optional.empty(), Optional.empty()));
  }

  @BeforeEach
  void mount() throws Exception {
    trees.inSource(
        "echo main > .volume; for d in $(seq 9); do mkdir d$d; for f in $(seq 9); do echo $d$f > d$d/$f; done; done");
    volumes.inMemory("target", "16m");
    trees.inTarget("echo backup > .volume; mkdir d5 gone; echo old > d5/5; echo x > gone/x");
  }

  @AfterEach
  void unmount() {
    volumes.close();
  }

  @Test
  void inTheMiddleOfAPassNothingIsWrittenBeneathAndThePassDoesNotCallItselfComplete() {
    MirrorReport report = unmountingAfter(20);
    assertThat(Shell.run(trees.target(), "ls -A")).as(report.toString()).isEmpty();
    assertThat(report.outcome()).as(report.toString()).isNotEqualTo(Outcome.COMPLETE);
    assertThat(report.summary()).contains(trees.target().toString()).contains("mounted");
  }

  @Test
  void theNextPassIsRefusedUntilTheVolumeIsBack() throws Exception {
    unmountingAfter(20);
    MirrorReport report = TreeMirror.run(request, MirrorListener.NONE);
    assertThat(report.outcome()).as(report.toString()).isEqualTo(Outcome.REFUSED);
    assertThat(report.summary())
        .contains("no marker file .volume at the target", "mount the volume");
    assertThat(Shell.run(trees.target(), "ls -A")).isEmpty();

    volumes.inMemory("target", "16m");
    trees.inTarget("echo backup > .volume");
    assertThat(TreeMirror.run(request, MirrorListener.NONE).outcome()).isEqualTo(Outcome.COMPLETE);
    assertThat(Shell.run(trees.target(), "diff -r -x .volume . ../source && echo alike"))
        .isEqualTo("alike\n");
  }

  private MirrorReport unmountingAfter(int changes) {
    AtomicInteger seen = new AtomicInteger();
    MirrorReport report =
        TreeMirror.run(
            request,
            new MirrorListener() {
              @Override
              public void changed(Change change) {
                if (seen.incrementAndGet() == changes) {
                  volumes.takeAway(trees.target());
                }
              }
            });
    assertThat(seen.get()).isGreaterThanOrEqualTo(changes);
    return report;
  }
}
