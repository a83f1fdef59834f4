package org.gemel.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.gemel.mirror.MirrorReport.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What looks like an accident waits as a list, and an approval is of that list and no other. */
@Tag("B-12")
final class ApprovalTest {
  private final Trees trees;
  private final Path list;

  ApprovalTest(@TempDir Path folder) {
    this.trees = Trees.in(folder);
    this.list = folder.resolve("waiting.txt");
  }

  @BeforeEach
  void aMirroredTreeOfMoreThanAThousandFiles() {
    trees.inSource(
        "mkdir d; for i in $(seq 1100); do echo $i > d/f$i; done; mkdir e; echo e > e/e");
    assertThat(trees.mirror().outcome()).isEqualTo(Outcome.COMPLETE);
  }

  @Test
  void encryptedFilesAreNotOverwrittenAndNewOnesAreMade() {
    trees.inSource("for i in d/*; do echo \"locked $i\" > $i; done; rm e/e; echo pay > README");
    MirrorReport report = trees.mirror();
    assertThat(report.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(report.refusal().orElseThrow().flag()).contains("--allow-overwrite 1100");
    assertThat(report.counts().updated()).isZero();
    assertThat(report.counts().deleted()).as("deletes wait with the overwrites").isZero();
    assertThat(trees.target().resolve("d/f77")).hasContent("77");
    assertThat(trees.target().resolve("README")).hasContent("pay");
    assertThat(report.parked().orElseThrow().overwrites()).isEqualTo(1100);
    assertThat(run(PassSafety.DEFAULT.withAllowOverwrite(1099)).outcome())
        .isEqualTo(Outcome.REFUSED);
    assertThat(run(PassSafety.DEFAULT.withAllowOverwrite(1100)).outcome())
        .isEqualTo(Outcome.COMPLETE);
    trees.proveEqual();
  }

  @Test
  void theDryRunAndTheRunSayTheSame() {
    trees.inSource("echo changed > d/f5; echo changed > e/e; echo n > n; rm d/f6");
    List<String> plan = Trees.changes(trees.request().withDryRun(true));
    assertThat(Trees.changes(trees.request())).containsExactlyInAnyOrderElementsOf(plan);
    assertThat(plan).contains("update d/f5", "update e/e", "create n", "delete d/f6");
    trees.proveEqual();
  }

  @Test
  @Tag("B-10")
  void anApprovalRunsExactlyTheListThatWasRead() throws Exception {
    trees.inSource("rm -r d; echo other > e/e");
    MirrorReport report = run(PassSafety.DEFAULT.withList(list));
    ParkedList waiting = report.parked().orElseThrow();
    assertThat(report.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(waiting.deletes()).isEqualTo(1101);
    assertThat(waiting.first()).hasSize(ParkedList.KEPT).first().isEqualTo("delete d");
    List<String> lines = Files.readAllLines(list);
    assertThat(lines).hasSize(1103).anyMatch(line -> line.startsWith("overwrite e/e\t2\t"));
    assertThat(lines.getLast()).contains("--approve " + waiting.hash());
    PassSafety approved = PassSafety.DEFAULT.withApproved(waiting.hash());
    assertThat(run(approved).outcome()).isEqualTo(Outcome.COMPLETE);
    trees.proveEqual();
  }

  @Test
  @Tag("B-10")
  void anApprovalStopsAndSaysWhatDiffersIfTheListHasChanged() throws Exception {
    trees.inSource("rm -r d");
    PassSafety listed = PassSafety.DEFAULT.withList(list);
    String hash = run(listed).parked().orElseThrow().hash();
    trees.inSource("rm e/e; mkdir d; echo 7 > d/f7; touch -r ../target/d/f7 d/f7");
    MirrorReport report = run(listed.withApproved(hash));
    assertThat(report.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(report.counts().deleted()).isZero();
    assertThat(report.refusal().orElseThrow().reason())
        .contains("another list")
        .contains("1 came to it (delete e/e)")
        .contains("2 are no longer in it (delete d, delete d/f7)");
    assertThat(trees.target().resolve("d/f9")).exists();
    String again = report.parked().orElseThrow().hash();
    assertThat(report.refusal().orElseThrow().flag()).contains("--approve " + again);
    assertThat(run(listed.withApproved(again)).outcome()).isEqualTo(Outcome.COMPLETE);
    trees.proveEqual();
    assertThat(list.resolveSibling("waiting.txt.new")).doesNotExist();
  }

  @Test
  void aFolderThatLostMostOfItsEntriesIsLookedAtTwice() {
    trees.inSource("mkdir s; for i in $(seq 200); do echo $i > s/$i; done");
    assertThat(trees.mirror().outcome()).isEqualTo(Outcome.COMPLETE);
    trees.inSource("cd s; rm 1?? 5");
    Instant now = Instant.parse("2026-11-08T10:00:00Z");
    MirrorReport first = run(PassSafety.DEFAULT.withShrunk(ShrunkFolders.NONE), now);
    assertThat(first.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(first.refusal().orElseThrow().reason()).contains("s without 101 of its 200 entries");
    MirrorReport soon = run(PassSafety.DEFAULT.withShrunk(first.shrunk()), now.plusSeconds(30));
    assertThat(soon.outcome()).isEqualTo(Outcome.REFUSED);
    MirrorReport later = run(PassSafety.DEFAULT.withShrunk(soon.shrunk()), now.plusSeconds(60));
    assertThat(later.outcome()).isEqualTo(Outcome.COMPLETE);
    trees.proveEqual();
  }

  @Test
  void aSinglePassRemembersNothingAndDoesNotWait() {
    trees.inSource("mkdir s; for i in $(seq 200); do echo $i > s/$i; done");
    trees.mirror();
    trees.inSource("rm s/*");
    assertThat(trees.mirror().outcome()).isEqualTo(Outcome.COMPLETE);
  }

  @Test
  void moreOverwritesThanFitTheMemoryAreCountedAndLeft() {
    ParkedOverwrites parked = new ParkedOverwrites(3);
    var path = org.gemel.mirror.system.TreePath.ROOT;
    var a = org.gemel.mirror.system.EntryName.of("a");
    var b = org.gemel.mirror.system.EntryName.of("b");
    Place large = new Place(path, null, null);
    parked.park(new Place(path, null, null), List.of(a, b));
    parked.park(large, List.of(a, b));
    assertThat(parked.count()).isEqualTo(4);
    assertThat(parked.left()).isEqualTo(2);
    assertThat(large.hasFailed()).isTrue();
  }

  private MirrorReport run(PassSafety safety) {
    return TreeMirror.run(trees.request().withSafety(safety), MirrorListener.NONE);
  }

  private MirrorReport run(PassSafety safety, Instant now) {
    return new Pass(
            trees.request().withSafety(safety), Suspects.NONE, MirrorListener.NONE, () -> now)
        .run();
  }
}
