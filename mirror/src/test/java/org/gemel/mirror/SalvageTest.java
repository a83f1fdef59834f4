package org.gemel.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.gemel.mirror.MirrorReport.Outcome;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a pass takes from the target is kept, within limits, if that is wanted. */
@Tag("B-13")
final class SalvageTest {
  private static final Instant BEGIN = Instant.parse("2026-11-08T10:11:12Z");
  private static final SalvageLimits ROOMY =
      new SalvageLimits(VolumeShare.percent(100), Duration.ofDays(30), VolumeShare.percent(0));

  private final Trees trees;

  SalvageTest(@TempDir Path folder) {
    this.trees = Trees.in(folder);
  }

  @Test
  @Tag("M-56")
  void byDefaultNothingIsKept() {
    trees.inSource("printf one > a; printf one > b");
    trees.mirrorAndProve();
    trees.inSource("printf other > a; rm b; printf c > c");
    trees.mirrorAndProve();
    assertThat(trees.target().resolve(".gemel-salvage")).doesNotExist();
    assertThat(Shell.run(trees.target(), "ls -A")).isEqualTo("a\nc\n");
  }

  @Test
  void whatIsDeletedAndWhatIsOverwrittenLiesInTheSalvageUnderItsPath() {
    trees.inSource(
        "mkdir -p d/e stays; printf old > d/changes; printf gone > d/e/goes; ln -s nowhere link; printf x > stays/x");
    trees.mirrorAndProve();
    trees.inSource(
        "printf newer > d/changes; rm -r d/e; ln -sfn elsewhere link; chmod 600 stays/x");
    MirrorReport report = pass(BEGIN, ROOMY);
    assertThat(report.counts().salvaged()).isEqualTo(4);
    trees.proveEqual();
    String kept = only();
    assertThat(kept).startsWith("20261108T101112Z-");
    assertThat(salvaged(kept, "d/changes")).hasContent("old");
    assertThat(salvaged(kept, "d/e/goes")).hasContent("gone");
    assertThat(Shell.run(salvaged(kept, "."), "readlink link")).isEqualTo("nowhere\n");
    assertThat(salvaged(kept, "stays")).as("changed metadata loses nothing").doesNotExist();
    assertThat(pass(BEGIN, ROOMY).counts().changedAnything()).isFalse();
  }

  @Test
  void thingsThatBecomeAnotherTypeAreKept() {
    trees.inSource("printf f > file; mkdir -p folder/in; printf i > folder/in/i; ln -s x link");
    trees.inSource("printf h > h1; ln h1 h2");
    trees.mirrorAndProve();
    trees.inSource(
        "rm -r file folder link; mkdir file; printf n > file/n; printf now > folder; printf l > link");
    trees.inSource("printf hh > h3; mv h3 h1; ln -f h1 h2");
    List<String> plan = Trees.changes(request().withDryRun(true));
    assertThat(Trees.changes(request())).containsExactlyInAnyOrderElementsOf(plan);
    trees.proveEqual();
    String kept = only();
    assertThat(salvaged(kept, "file")).hasContent("f");
    assertThat(salvaged(kept, "folder/in/i")).hasContent("i");
    assertThat(Shell.run(salvaged(kept, "."), "readlink link; cat h1 h2")).isEqualTo("x\nhh");
  }

  @Test
  void aFolderGoesWholeUnlessSomethingInItStays() {
    trees.inSource("mkdir -p whole/a part/a; printf 1 > whole/a/1; printf 2 > part/a/2; touch k");
    trees.inTarget("mkdir -p part/cache; printf c > part/cache/c");
    MirrorRequest request =
        request().withFilters(FilterRules.of(List.of("/part/cache"), List.of()));
    assertThat(TreeMirror.run(request, MirrorListener.NONE).outcome()).isEqualTo(Outcome.COMPLETE);
    trees.inSource("rm -r whole part");
    List<String> plan = Trees.changes(request.withDryRun(true));
    assertThat(Trees.changes(request)).isEqualTo(plan);
    assertThat(plan).contains("delete whole/a/1", "delete whole/a", "delete whole");
    String kept = only();
    assertThat(salvaged(kept, "whole/a/1")).hasContent("1");
    assertThat(salvaged(kept, "part/a/2")).hasContent("2");
    assertThat(trees.target().resolve("part/cache/c")).hasContent("c");
    assertThat(trees.target().resolve("part/a")).doesNotExist();
  }

  @Test
  void whatIsTooOldGoesWhenTimeHasPassed() {
    trees.inSource("printf 1 > a; touch k");
    trees.mirrorAndProve();
    trees.inSource("printf 22 > a");
    pass(BEGIN, ROOMY);
    trees.inSource("printf 333 > a");
    pass(BEGIN.plus(Duration.ofDays(20)), ROOMY);
    assertThat(passes()).hasSize(2);
    pass(BEGIN.plus(Duration.ofDays(30)), ROOMY);
    assertThat(passes()).as("to the day is not beyond it").hasSize(2);
    pass(BEGIN.plus(Duration.ofDays(31)), ROOMY);
    assertThat(passes()).hasSize(1);
    assertThat(salvaged(only(), "a")).hasContent("22");
    pass(BEGIN.plus(Duration.ofDays(60)), ROOMY);
    assertThat(passes()).isEmpty();
  }

  @Test
  void whatIsTooMuchGoesOldestFirstAndOfTheLastPassAPartStays() {
    SalvageLimits small = limits(VolumeShare.bytes(500_000), VolumeShare.percent(0));
    trees.inSource("head -c 200000 /dev/urandom > a; touch k");
    trees.mirrorAndProve();
    for (int i = 0; i < 4; i++) {
      trees.inSource("head -c 200000 /dev/urandom > a");
      pass(BEGIN.plusSeconds(i), small);
    }
    assertThat(passes())
        .hasSize(2)
        .allSatisfy(name -> assertThat(name).containsAnyOf("101114Z", "101115Z"));
    trees.inSource("mkdir b; for i in 1 2 3 4; do head -c 200000 /dev/urandom > b/$i; done");
    pass(BEGIN.plusSeconds(9), small);
    trees.inSource("rm -r b");
    pass(BEGIN.plusSeconds(10), small);
    assertThat(only()).contains("101122Z").endsWith(".partial");
    assertThat(salvaged(only(), "b").toFile().list()).hasSizeBetween(1, 2);
  }

  @Test
  void aVolumeWithTooLittleFreeKeepsNoSalvage() {
    SalvageLimits never = limits(VolumeShare.percent(100), VolumeShare.percent(100));
    trees.inSource("head -c 200000 /dev/urandom > a; touch k");
    trees.mirrorAndProve();
    trees.inSource("rm a");
    assertThat(pass(BEGIN, never).outcome()).isEqualTo(Outcome.COMPLETE);
    assertThat(passes()).isEmpty();
  }

  @Test
  void onePathTakenTwiceInOnePassIsKeptTwice() throws Exception {
    trees.inSource("touch k");
    trees.inTarget("mkdir -p d; printf f > d/f");
    pass(BEGIN, ROOMY);
    String first = only();
    trees.inTarget("mkdir d; printf again > d/f");
    try (var folder = org.gemel.mirror.system.Folder.openRoot(trees.target().toString());
        Salvage salvage = new Salvage(folder, ROOMY, BEGIN.plusSeconds(1), log());
        var d = folder.open(org.gemel.mirror.system.EntryName.of("d"))) {
      var name = org.gemel.mirror.system.EntryName.of("f");
      salvage.removeFile(d, name);
      Files.writeString(trees.target().resolve("d/f"), "third");
      salvage.removeFile(d, name);
    }
    assertThat(passes()).hasSize(3).contains(first).anyMatch(name -> name.endsWith(".2"));
  }

  @Test
  void aFileThatIsRenamedOverAnotherLeavesTheOtherInTheSalvage(@TempDir Path index) {
    trees.inSource("printf aaa > a; printf bbb > b");
    MirrorRequest request = request().withIndex(new MirrorIndex(index, false));
    TreeMirror.run(request, MirrorListener.NONE);
    trees.inSource("mv a b");
    assertThat(TreeMirror.run(request, MirrorListener.NONE).outcome()).isEqualTo(Outcome.COMPLETE);
    trees.proveEqual();
    assertThat(Shell.run(trees.target(), "cat .gemel-salvage/*/*")).isEqualTo("bbb");
  }

  private static PassLog log() {
    return new PassLog(MirrorListener.NONE);
  }

  private MirrorRequest request() {
    return trees
        .request()
        .withDeletes(DeletePolicy.SALVAGE)
        .withSafety(PassSafety.DEFAULT.withSalvage(ROOMY));
  }

  private static SalvageLimits limits(VolumeShare size, VolumeShare free) {
    return new SalvageLimits(size, Duration.ofDays(30), free);
  }

  private MirrorReport pass(Instant now, SalvageLimits limits) {
    MirrorRequest request = request().withSafety(PassSafety.DEFAULT.withSalvage(limits));
    MirrorReport report = new Pass(request, Suspects.NONE, MirrorListener.NONE, () -> now).run();
    assertThat(report.outcome()).as(report.toString()).isEqualTo(Outcome.COMPLETE);
    return report;
  }

  private List<String> passes() {
    return Shell.run(trees.target(), "ls .gemel-salvage").lines().toList();
  }

  private String only() {
    assertThat(passes()).hasSize(1);
    return passes().getFirst();
  }

  private Path salvaged(String pass, String path) {
    return trees.target().resolve(".gemel-salvage").resolve(pass).resolve(path);
  }
}
