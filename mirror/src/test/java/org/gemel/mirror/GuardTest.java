package org.gemel.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.gemel.mirror.MirrorReport.Outcome;
import org.gemel.mirror.system.FileIdentity;
import org.gemel.mirror.system.Folder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pass that looks like an accident does not happen, and says why. */
@Tag("B-12")
final class GuardTest {
  private final Path folder;
  private final Trees trees;

  GuardTest(@TempDir Path folder) {
    this.folder = folder;
    this.trees = Trees.in(folder);
  }

  @Test
  void aSourceThatIsSuddenlyEmptyDeletesNothing() {
    trees.inTarget("mkdir a; touch a/b c");
    MirrorReport report = trees.mirror();
    assertThat(report.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(report.refusal().orElseThrow().flag()).contains("--allow-delete 3");
    assertThat(report.refusal().orElseThrow().reason()).contains("3 entries").contains("mounted");
    assertThat(trees.target().resolve("a/b")).exists();
    assertThat(TreeMirror.run(trees.request().withAllowDelete(3), MirrorListener.NONE).outcome())
        .isEqualTo(Outcome.COMPLETE);
    assertThat(trees.target()).isEmptyDirectory();
  }

  @Test
  void anEmptySourceIsMirroredToAnEmptyTarget() {
    assertThat(trees.mirror().outcome()).isEqualTo(Outcome.COMPLETE);
  }

  @Test
  void aMissingSourceIsRefused() throws Exception {
    Files.delete(trees.source());
    assertThat(reason(trees.request())).contains("source").contains("no such file or folder");
    Files.writeString(trees.source(), "a file");
    assertThat(reason(trees.request())).contains("not a folder");
  }

  @Test
  void moreDeletesThanUsualWaitForApprovalButCreatesDoNot() {
    trees.inSource("touch keep; for i in $(seq 1200); do : > f$i; done");
    trees.mirrorAndProve();
    trees.inSource("rm f*; printf new > new");
    MirrorReport report = trees.mirror();
    assertThat(report.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(report.refusal().orElseThrow().flag()).contains("--allow-delete 1200");
    assertThat(report.counts().deleted()).isZero();
    assertThat(trees.target().resolve("new")).hasContent("new");
    assertThat(trees.target().resolve("f77")).exists();
    assertThat(reason(trees.request().withAllowDelete(1199))).contains("1199 allowed");
    assertThat(TreeMirror.run(trees.request().withAllowDelete(1200), MirrorListener.NONE).outcome())
        .isEqualTo(Outcome.COMPLETE);
    trees.proveEqual();
  }

  @Test
  void aSourceThatIsAnotherFolderThanLastTimeIsRefused() throws Exception {
    trees.inSource("printf a > a");
    FileIdentity before;
    try (Folder source = Folder.openRoot(trees.source().toString())) {
      before = source.status().identity();
    }
    MirrorRequest remembering =
        trees.request().withSafety(PassSafety.DEFAULT.withExpectedSource(before));
    assertThat(TreeMirror.run(remembering, MirrorListener.NONE).outcome())
        .isEqualTo(Outcome.COMPLETE);
    Files.move(trees.source(), folder.resolve("aside"));
    Files.createDirectory(trees.source());
    trees.inSource("printf other > a");
    assertThat(reason(remembering)).contains("another folder than last time").contains("inode");
    assertThat(trees.target().resolve("a")).hasContent("a");
  }

  @Test
  void aVolumeWithoutItsMarkerIsNotTheVolume() {
    trees.inSource("printf data > data");
    MirrorRequest marked =
        trees.request().withMarker(new Marker(".volume", Optional.empty(), Optional.empty()));
    assertThat(reason(marked)).contains("no marker file .volume at the source");
    trees.inSource("echo one > .volume");
    assertThat(reason(marked)).contains("no marker file .volume at the target");
    trees.inTarget("echo one > .volume");
    assertThat(reason(marked)).contains("same marker 'one'");
    trees.inTarget("echo two > .volume");
    assertThat(TreeMirror.run(marked, MirrorListener.NONE).outcome()).isEqualTo(Outcome.COMPLETE);
    assertThat(trees.target().resolve(".volume")).hasContent("two\n");
    assertThat(trees.target().resolve("data")).exists();
  }

  @Test
  void theWrongVolumeIsNamed() throws Exception {
    trees.inSource("printf data > data; echo one > .gemel-volume; mkdir sub; touch sub/x");
    trees.inTarget("echo three > .gemel-volume");
    Marker marker = new Marker(".gemel-volume", Optional.of("one"), Optional.of("two"));
    assertThat(reason(trees.request().withMarker(marker))).contains("'three'").contains("'two'");
    trees.inTarget("echo two > .gemel-volume; mkdir sub");
    MirrorRequest below =
        MirrorRequest.of(
                TreeRoot.of(trees.source().resolve("sub")),
                TreeRoot.of(trees.target().resolve("sub")))
            .withMarker(marker);
    assertThat(TreeMirror.run(below, MirrorListener.NONE).outcome()).isEqualTo(Outcome.COMPLETE);
    assertThat(trees.target().resolve("sub/x")).exists();
  }

  @Test
  void namesOfGemelAtTheTopAreLeftAlone() {
    trees.inSource("touch .gemel-volume a; mkdir .gemel-stuff");
    trees.inTarget("touch .gemel-other");
    assertThat(trees.mirror().outcome()).isEqualTo(Outcome.COMPLETE);
    assertThat(trees.target().resolve(".gemel-other")).exists();
    assertThat(trees.target().resolve(".gemel-stuff")).doesNotExist();
  }

  @Test
  void twoPassesToOneTargetDoNotMix() throws Exception {
    trees.inSource("touch a");
    try (Folder target = Folder.openRoot(trees.target().toString())) {
      assertThat(target.tryLock()).isTrue();
      assertThat(reason(trees.request())).contains("another pass");
    }
    trees.mirrorAndProve();
  }

  @Test
  void rootsInsideEachOtherAreRefused() throws Exception {
    trees.inSource("mkdir in; touch a");
    TreeRoot inner = TreeRoot.of(trees.source().resolve("in"));
    TreeRoot outer = TreeRoot.of(trees.source());
    assertThat(reason(MirrorRequest.of(outer, inner))).contains("inside the other");
    assertThat(reason(MirrorRequest.of(inner, outer))).contains("inside the other");
    assertThat(reason(MirrorRequest.of(outer, outer))).contains("same folder");
    Path link = Files.createSymbolicLink(folder.resolve("link"), trees.source());
    assertThat(reason(MirrorRequest.of(outer, TreeRoot.of(link)))).contains("same folder");
    assertThat(trees.source().resolve("a")).exists();
  }

  @Test
  void aTargetThatIsNotThereYetIsMadeUnlessItsMarkerShouldBe() throws Exception {
    trees.inSource("touch a");
    Files.delete(trees.target());
    Marker marker = new Marker(".m", Optional.empty(), Optional.empty());
    trees.inSource("touch .m");
    assertThat(reason(trees.request().withMarker(marker))).contains("mounted");
    assertThat(Trees.changes(trees.request().withDryRun(true))).contains("create a");
    assertThat(trees.target()).doesNotExist();
    trees.mirrorAndProve();
  }

  @Test
  void whatIsExcludedIsNeitherCopiedNorDeleted() {
    trees.inSource("mkdir -p keep cache; touch keep/x.tmp keep/y cache/z important.tmp");
    trees.inTarget("mkdir -p gone/cache; touch old.tmp gone/cache/w gone/v");
    MirrorRequest request =
        trees
            .request()
            .withFilters(
                FilterRules.of(
                    java.util.List.of("*.tmp", "cache/"), java.util.List.of("/important.tmp")));
    var plan = Trees.changes(request.withDryRun(true));
    assertThat(Trees.changes(request)).isEqualTo(plan);
    assertThat(Shell.run(trees.target(), "find . | LC_ALL=C sort | tr '\\n' ' '").strip())
        .isEqualTo(
            ". ./gone ./gone/cache ./gone/cache/w ./important.tmp ./keep ./keep/y ./old.tmp");
  }

  private static String reason(MirrorRequest request) {
    MirrorReport report = TreeMirror.run(request, MirrorListener.NONE);
    assertThat(report.outcome()).as(report.toString()).isEqualTo(Outcome.REFUSED);
    return report.refusal().orElseThrow().reason();
  }
}
