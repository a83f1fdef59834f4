package org.gemel.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything a file system can hold ends up alike, and a pass after it finds nothing to do. */
@Tag("M-54")
final class OddTreesTest {
  private Trees trees;

  OddTreesTest(@TempDir Path folder) {
    trees = Trees.in(folder);
  }

  @BeforeEach
  void fill() {
    trees.inSource(
        """
        mkdir -p empty sub/deep/deeper
        printf hello > 'with space'; printf h > $'line\\nbreak'; printf z > $'no\\xff\\xfetext'; printf u > 'Tagesschau-Übersicht'
        printf q > sub/deep/$(printf 'k%.0s' $(seq 255))
        printf d > -- ./-rf; printf g > '*?[a]'; printf b > 'back\\slash'; printf s > '.hidden'
        : > zero; head -c 3000000 /dev/urandom > large; truncate -s 9M holes; printf end >> holes
        ln -s /nowhere/$'\\xfe' dangling; ln -s .. up; touch -h -d '2001-01-01 00:00:00.123456789' dangling
        ln 'with space' sub/hard; ln -s sub link-to-folder
        touch -d '1960-05-05 01:02:03.000000001' old; touch -d '2100-05-05 01:02:03.999999999' future
        chmod 4755 old; chmod 0600 zero; chmod 2775 empty; chmod 1777 sub
        touch -d 2010-01-01 sub/deep/deeper; touch -d 2011-01-01 sub/deep; touch -d 2012-01-01 sub empty
        """);
  }

  @Test
  void aTreeWithEveryOddThingArrivesWhole() {
    MirrorReport report = trees.mirrorAndProve();
    assertThat(report.counts().created())
        .isEqualTo(report.counts().files() + report.counts().directories());
    assertThat(report.counts().failed()).isZero();
  }

  @Test
  void holesStayHoles() {
    trees.mirrorAndProve();
    String blocks = "stat -c %b holes";
    assertThat(Shell.run(trees.target(), blocks)).isEqualTo(Shell.run(trees.source(), blocks));
  }

  @Test
  void extendedAttributesAndAccessControlListsAreCarriedAndTakenAway() {
    org.junit.jupiter.api.Assumptions.assumeTrue(
        Shell.has("setfattr") && Shell.has("setfacl"), "attr and acl are not installed");
    trees.inSource(
        "setfattr -n user.clip -v 17 large; setfattr -n user.empty zero; setfacl -m u:1000:r 'with space'; setfacl -d -m u:1000:rwx sub");
    trees.mirrorAndProve();
    trees.inSource(
        "setfattr -x user.clip large; setfattr -n user.empty -v 1 zero; setfacl -b 'with space' sub");
    MirrorReport report = trees.mirrorAndProve();
    assertThat(report.counts().bytesMoved()).isZero();
    assertThat(report.counts().metadata()).isPositive();
  }

  @Test
  void aLinkThatLosesANameIsPlannedAsItGoes() {
    trees.mirrorAndProve();
    trees.inSource("ln -s one name-a; ln -s two name-b");
    Shell.run(trees.target(), "ln -s two name-b; ln -P name-b name-a; touch -h -d @1000 name-b");
    List<String> plan = Trees.changes(trees.request().withDryRun(true));
    assertThat(plan).contains("update name-a", "metadata name-b");
    assertThat(Trees.changes(trees.request().withStreams(1))).isEqualTo(plan);
    trees.mirrorAndProve();
  }

  @Test
  void newFilesTakeNothingFromTheFolderTheyAreMadeIn() {
    org.junit.jupiter.api.Assumptions.assumeTrue(Shell.has("setfacl"), "acl is not installed");
    trees.mirrorAndProve();
    Shell.run(trees.target(), "setfacl -d -m u:1000:rwx sub; chmod g+s sub");
    trees.inSource("mkdir sub/new; for i in $(seq 5); do echo $i > sub/new/$i; done; : > sub/own");
    trees.mirrorAndProve();
  }

  @Test
  void newFilesHaveTheirModesWhateverTheProcessMasks() {
    trees.inSource(
        """
        mkdir modes
        for mode in 666 777 444 600 640 2755 4711 1644; do : > modes/$mode; chmod $mode modes/$mode; done
        """);
    trees.mirrorAndProve();
  }

  @Test
  void ownersAreCarriedByRoot() {
    org.junit.jupiter.api.Assumptions.assumeTrue(Shell.isRoot(), "only root may give files away");
    trees.inSource("chown 1234:4321 old large sub; chown -h 99:98 dangling; chmod 6755 old");
    trees.mirrorAndProve();
  }

  @Test
  void namesThatAreNoTextAreShownEscaped() {
    assertThat(Trees.changes(trees.request().withDryRun(true)))
        .contains("create no\\xff\\xfetext", "create line\\nbreak", "create back\\\\slash");
  }

  @Test
  void thingsTurnIntoOtherThings() {
    trees.mirrorAndProve();
    trees.inSource(
        """
        rm -r zero sub dangling link-to-folder empty large
        mkdir zero; printf in > zero/inside; printf now > sub; mkdir dangling; printf f > link-to-folder
        ln -s zero empty; ln -s elsewhere large
        """);
    trees.mirrorAndProve();
    trees.inSource("rm -r zero dangling empty; ln -s x zero; printf y > dangling; mkdir empty");
    trees.mirrorAndProve();
  }

  @Test
  void aFolderOfReadOnlyFoldersIsChangedAndStaysReadOnly() {
    trees.inSource(
        "chmod 0444 large; chmod 0555 sub/deep/deeper sub/deep; touch -d 2012-01-01 sub");
    trees.mirrorAndProve();
    trees.inSource(
        "chmod 0755 sub/deep; printf new > sub/deep/new; rm -r sub/deep/k*; chmod 0555 sub/deep; touch -d 2020-01-01 large");
    trees.mirrorAndProve();
    trees.inSource("chmod -R u+rwx .");
    trees.mirrorAndProve();
  }

  @Test
  void hardLinksAreJoinedAndParted() {
    trees.mirrorAndProve();
    trees.inSource(
        "printf two > second; ln second zz; rm sub/hard; printf hello > sub/hard; ln old old2; ln dangling dangling2");
    trees.mirrorAndProve();
    trees.inSource(
        "rm -f zz old2; ln -f 'with space' zz; printf old > old2; chmod 600 old2; ln -f old2 old");
    trees.mirrorAndProve();
  }

  @Test
  void whatIsBoundToItsMachineIsSkippedAndCounted() {
    trees.inSource("mkfifo pipe");
    MirrorReport report = trees.mirror();
    assertThat(report.counts().skipped()).isEqualTo(1);
    assertThat(trees.target().resolve("pipe")).doesNotExist();
    trees.proveEqual();
  }

  @Test
  void pathsLongerThanTheKernelTakesAtOnceAreReached() {
    trees.inSource(
        "n=$(printf 'n%.0s' $(seq 250)); for i in $(seq 30); do mkdir $n; cd $n; done; printf deep > deep");
    assertThat(trees.mirror().outcome()).isEqualTo(MirrorReport.Outcome.COMPLETE);
    assertThat(trees.mirror().counts().changedAnything()).isFalse();
    trees.inTarget(
        "n=$(printf 'n%.0s' $(seq 250)); for i in $(seq 30); do cd $n; done; test $(cat deep) = deep");
    trees.inSource("rm -r nnn*");
    trees.mirrorAndProve();
  }

  @Test
  @Tag("M-56")
  void whatIsDeletedOrOverwrittenLeavesNothingBehind() throws Exception {
    trees.mirrorAndProve();
    trees.inSource("rm -r sub $'no\\xff\\xfetext'; printf more >> large");
    MirrorReport report = trees.mirrorAndProve();
    assertThat(report.counts().deleted()).isEqualTo(6);
    try (var names = Files.walk(trees.target())) {
      assertThat(names.map(path -> path.getFileName().toString()))
          .noneMatch(name -> name.startsWith(".gemel-"));
    }
  }

  @Test
  void keepingWhatOnlyTheTargetHasDeletesNothing() {
    trees.mirrorAndProve();
    trees.inSource("rm -r sub; printf new > new");
    MirrorReport report =
        TreeMirror.run(trees.request().withDeletes(DeletePolicy.KEEP), MirrorListener.NONE);
    assertThat(report.outcome()).isEqualTo(MirrorReport.Outcome.COMPLETE);
    assertThat(report.counts().deleted()).isZero();
    assertThat(trees.target().resolve("sub/deep")).isDirectory();
    assertThat(trees.target().resolve("new")).hasContent("new");
  }

  @Test
  void aRewriteOfEqualSizeAndTimeIsFoundByReading() {
    trees.mirrorAndProve();
    trees.inTarget(
        "t=$(stat -c %y large); printf XXXXXXXX | dd of=large bs=1 seek=5000 conv=notrunc 2>&1; touch -d \"$t\" large");
    assertThat(trees.mirror().counts().changedAnything()).isFalse();
    assertThat(Trees.changes(trees.request().withChecksum(true))).containsExactly("update large");
    trees.proveEqual();
  }
}
