package org.gemel.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was renamed on main is renamed on the backup: its content does not move again. */
@Tag("B-41")
class RenameTest {
  private Trees trees;
  private MirrorRequest request;

  @BeforeEach
  void prepare(@TempDir Path folder) {
    trees = Trees.in(folder);
    request = trees.request().withIndex(new MirrorIndex(folder.resolve("index"), false));
    trees.inSource(
        """
        mkdir -p clips/a/b projects; for i in $(seq 40); do echo content $i > clips/a/f$i; done
        echo deep > clips/a/b/deep; ln -s deep clips/a/b/link; echo one > one; echo two > two
        echo three > three; chmod 640 two
        """);
    assertThat(mirror().outcome()).isEqualTo(MirrorReport.Outcome.COMPLETE);
  }

  private MirrorReport mirror() {
    return TreeMirror.run(request, MirrorListener.NONE);
  }

  private MirrorReport proveThatOnlyNamesMoved() {
    List<String> plan = Trees.changes(request.withDryRun(true));
    List<String> done = new java.util.ArrayList<>();
    MirrorReport report =
        TreeMirror.run(
            request,
            new MirrorListener() {
              @Override
              public void changed(Change change) {
                done.add(change.line());
              }
            });
    assertThat(done).containsExactlyInAnyOrderElementsOf(plan);
    assertThat(report.outcome()).isEqualTo(MirrorReport.Outcome.COMPLETE);
    assertThat(report.counts().bytesMoved()).as(done.toString()).isZero();
    assertThat(report.counts().deleted()).as(done.toString()).isZero();
    trees.proveEqual();
    assertThat(Trees.changes(request)).isEmpty();
    return report;
  }

  @Test
  void aRenamedFileIsRenamed() {
    trees.inSource("mv one uno");
    assertThat(proveThatOnlyNamesMoved().counts().renamed()).isEqualTo(1);
  }

  @Test
  void aWholeTreeMovesInOneStep() {
    trees.inSource("mv clips/a projects/a2");
    assertThat(proveThatOnlyNamesMoved().counts().renamed()).isEqualTo(1);
  }

  @Test
  void aTreeMovedIntoANewFolderMoves() {
    trees.inSource("mkdir -p x/y; mv clips x/y/clips; mv x/y/clips/a/f1 x/f1; chmod 600 x/f1");
    assertThat(proveThatOnlyNamesMoved().counts().renamed()).isEqualTo(2);
  }

  @Test
  void filesThatSwapTheirNamesSwap() {
    trees.inSource("mv one t; mv two one; mv t two");
    assertThat(proveThatOnlyNamesMoved().counts().renamed()).isEqualTo(2);
  }

  @Test
  void filesInARingMoveOn() {
    trees.inSource("mv one t; mv two one; mv three two; mv t three");
    assertThat(proveThatOnlyNamesMoved().counts().renamed()).isEqualTo(3);
  }

  @Test
  void aLogThatIsRotatedMovesOnlyItsNewestPart() {
    trees.inSource("mv two three; mv one two; printf new > one");
    MirrorReport report = mirror();
    assertThat(report.counts().renamed()).isEqualTo(2);
    assertThat(report.counts().bytesMoved()).isEqualTo(3);
    trees.proveEqual();
  }

  @Test
  void foldersThatSwapTheirNamesEndEqual() {
    trees.inSource("mv clips/a t; mv projects clips/a; mv t projects");
    mirror();
    trees.proveEqual();
  }

  @Test
  void aMovedFileWhoseCopyWasChangedByOthersIsCopied() {
    trees.inSource("mv one uno");
    trees.inTarget("echo foreign > one");
    MirrorReport report = mirror();
    assertThat(report.counts().renamed()).isZero();
    trees.proveEqual();
  }

  @Test
  void whatWasMovedOutOfTheTreeGoes() {
    trees.inSource("mv clips/a ../outside");
    assertThat(mirror().counts().deleted()).isEqualTo(44);
    trees.proveEqual();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "printf x > ../index/folders",
        "rm -r ../index",
        "head -c 200000 /dev/urandom > ../index/folders",
        "dd if=/dev/urandom of=../index/folders bs=1 seek=300 count=2000 conv=notrunc 2>/dev/null",
        "truncate -s 900 ../index/folders"
      })
  void anIndexThatIsLostOrDamagedCostsTimeOnly(String harm) {
    trees.inSource("mv clips/a clips/z; echo more >> two; rm three");
    trees.inSource(harm);
    assertThat(mirror().outcome()).isEqualTo(MirrorReport.Outcome.COMPLETE);
    trees.proveEqual();
  }

  @Test
  void aTrustedIndexLooksAtMainOnlyAndMissesNothingOfIt() {
    request = request.withIndex(new MirrorIndex(trees.source().resolve("../index"), true));
    mirror();
    trees.inSource(
        "echo more >> clips/a/f7; rm clips/a/b/deep; chmod 700 clips/a/b; touch new; mv two t2");
    mirror();
    trees.proveEqual();
    assertThat(Trees.changes(request)).isEmpty();
  }

  @Test
  void aTrustedIndexSeesWhatOthersAddedOrRemovedOnTheBackup() {
    request = request.withIndex(new MirrorIndex(trees.source().resolve("../index"), true));
    mirror();
    trees.inTarget("rm clips/a/f3; echo foreign > clips/a/b/foreign; mv one uno");
    mirror();
    trees.proveEqual();
  }
}
