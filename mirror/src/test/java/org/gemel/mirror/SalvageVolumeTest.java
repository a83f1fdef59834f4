package org.gemel.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.gemel.mirror.MirrorReport.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A salvage area gives way before its volume is full, and does not cross into other volumes. */
@Tag("B-13")
final class SalvageVolumeTest {
  private static final SalvageLimits NONE_AT_ALL =
      new SalvageLimits(VolumeShare.percent(100), Duration.ofDays(30), VolumeShare.percent(0));

  private final Trees trees;
  private final Path mountPoint;

  SalvageVolumeTest(@TempDir Path folder) throws Exception {
    this.trees = Trees.in(folder);
    this.mountPoint = trees.target();
  }

  @AfterEach
  void unmount() {
    Shell.run(
        trees.source(),
        "for m in \"$1\"/inside \"$1\"; do ! mountpoint -q \"$m\" || umount \"$m\"; done",
        mountPoint.toString());
  }

  @Test
  void aFullVolumeGivesTheOldestSalvageForTheNewContent() {
    mount(mountPoint, "8m");
    trees.inSource("head -c 3000000 /dev/urandom > a; touch k");
    assertThat(pass(DeletePolicy.SALVAGE).outcome()).isEqualTo(Outcome.COMPLETE);
    for (int i = 0; i < 3; i++) {
      trees.inSource("head -c 3000000 /dev/urandom > a");
      MirrorReport report = pass(DeletePolicy.SALVAGE);
      assertThat(report.outcome()).as(report.toString()).isEqualTo(Outcome.COMPLETE);
      trees.proveEqual();
    }
    assertThat(Shell.run(trees.target(), "find .gemel-salvage -type f | wc -l").strip())
        .isEqualTo("1");
  }

  @Test
  void aPassWhoseOwnSalvageFillsTheVolumeGivesThatToo() {
    mount(mountPoint, "10m");
    trees.inSource("for i in 1 2 3 4; do head -c 1500000 /dev/urandom > f$i; done");
    assertThat(pass(DeletePolicy.SALVAGE).outcome()).isEqualTo(Outcome.COMPLETE);
    trees.inSource("for i in 1 2 3 4; do head -c 1500000 /dev/urandom > f$i; done");
    MirrorReport report = pass(DeletePolicy.SALVAGE);
    assertThat(report.outcome()).as(report.toString()).isEqualTo(Outcome.COMPLETE);
    trees.proveEqual();
  }

  @Test
  void aFullVolumeWithoutSalvageFailsInWords() {
    mount(mountPoint, "2m");
    trees.inSource("head -c 3000000 /dev/urandom > a; printf b > b");
    MirrorReport report = pass(DeletePolicy.SALVAGE);
    assertThat(report.outcome()).isEqualTo(Outcome.INCOMPLETE);
    assertThat(report.failures().getFirst().reason()).contains("no space left").contains("ENOSPC");
    assertThat(trees.target().resolve("b")).hasContent("b");
  }

  @Test
  void whatLiesOnAFileSystemMountedInsideStaysAndIsReported() throws Exception {
    mount(mountPoint, "8m");
    Path inside = Files.createDirectory(trees.target().resolve("inside"));
    mount(inside, "4m");
    Files.writeString(inside.resolve("f"), "old");
    Files.writeString(inside.resolve("gone"), "gone");
    trees.inSource("mkdir inside; printf newer > inside/f");
    MirrorReport report = pass(DeletePolicy.SALVAGE);
    assertThat(report.outcome()).isEqualTo(Outcome.INCOMPLETE);
    assertThat(report.failures())
        .hasSize(2)
        .allSatisfy(
            each -> assertThat(each.reason()).contains("EXDEV").contains("mounted file system"));
    assertThat(inside.resolve("f")).hasContent("old");
    assertThat(inside.resolve("gone")).hasContent("gone");
    assertThat(Shell.run(inside, "find . -name '.gemel-*'")).isEmpty();
    assertThat(pass(DeletePolicy.MIRROR).outcome()).isEqualTo(Outcome.COMPLETE);
  }

  private MirrorReport pass(DeletePolicy deletes) {
    return TreeMirror.run(
        trees
            .request()
            .withDeletes(deletes)
            .withSafety(PassSafety.DEFAULT.withSalvage(NONE_AT_ALL)),
        MirrorListener.NONE);
  }

  private void mount(Path at, String size) {
    Assumptions.assumeTrue(Shell.isRoot(), "needs root, to mount a small volume");
    String said =
        Shell.run(
            trees.source(),
            "mount -t tmpfs -o mode=755,size=\"$1\" small \"$2\" || echo refused",
            size,
            at.toString());
    Assumptions.assumeFalse(said.contains("refused"), "mounting is not allowed here: " + said);
  }
}
