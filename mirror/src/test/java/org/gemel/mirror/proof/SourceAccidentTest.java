package org.gemel.mirror.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.gemel.mirror.Change;
import org.gemel.mirror.Marker;
import org.gemel.mirror.MirrorIndex;
import org.gemel.mirror.MirrorListener;
import org.gemel.mirror.MirrorReport;
import org.gemel.mirror.MirrorReport.Outcome;
import org.gemel.mirror.MirrorRequest;
import org.gemel.mirror.TreeMirror;
import org.gemel.mirror.Trees;
import org.gemel.mirror.system.Answer;
import org.gemel.mirror.system.InterposedKernel;
import org.gemel.mirror.system.KernelCall;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What looks like a smaller source, but is an accident, deletes nothing, and is told in words. */
@Tag("B-12")
final class SourceAccidentTest {
  private static final Marker MARKER =
      new Marker(".volume", Optional.of("main"), Optional.of("backup"));
  private static final int EIO = 5;
  private static final int ENOTCONN = 107;
  private static final int ESTALE = 116;

  private final Path folder;
  private final Trees trees;

  SourceAccidentTest(@TempDir Path folder) {
    this.folder = folder;
    this.trees = Trees.in(folder);
  }

  private void fill() {
    trees.inSource(
        "for d in $(seq 10 29); do mkdir -p d$d/sub; for f in $(seq 5); do echo $d$f > d$d/$f; echo $f > d$d/sub/$f; done; done");
    trees.mirrorAndProve();
    trees.inSource("echo new > a-new; echo more >> d15/3");
  }

  private Set<Path> names() throws Exception {
    return Set.copyOf(Snapshot.of(trees.target()).mirrored().entries().keySet());
  }

  @Test
  void emptiedAtAnyMomentOfAPassNothingGoesAndTheNextPassSaysWhy() throws Exception {
    needsInterception();
    fill();
    trees.inSource("cp -a . ../saved");
    Set<Path> before = names();
    for (int point = 1; point < 1300; point += 130) {
      long moment = point;
      MirrorReport report =
          under(
              call -> {
                if (call.number() == moment) {
                  trees.inSource("rm -r *");
                }
                return Answer.TRUTH;
              });
      assertThat(report.counts().deleted()).as("%d: %s", moment, report).isZero();
      assertThat(names()).as("%d: %s", moment, report).containsAll(before);
      trees.inSource("rm -rf *");
      MirrorReport next = trees.mirror();
      assertThat(next.outcome()).as(next.toString()).isEqualTo(Outcome.REFUSED);
      assertThat(next.summary()).contains("empty source", "volume mounted?");
      assertThat(next.refusal().orElseThrow().flag()).isPresent();
      assertThat(names()).containsAll(before);
      trees.inSource("cp -a ../saved/. .");
    }
    trees.mirrorAndProve();
  }

  @Test
  void emptiedBeforeAPassThatRemembersNothingGoes() throws Exception {
    fill();
    MirrorRequest remembering =
        trees.request().withIndex(new MirrorIndex(folder.resolve("index"), true));
    TreeMirror.run(remembering, MirrorListener.NONE);
    Set<Path> before = names();
    trees.inSource("rm -r *");
    MirrorReport report = TreeMirror.run(remembering, MirrorListener.NONE);
    assertThat(names()).isEqualTo(before);
    assertThat(report.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(report.summary()).contains("empty source", "volume mounted?");
  }

  @Test
  void unmountedItIsRefusedAndWhatAPassHeldOpenItFinishes() throws Exception {
    try (Volumes volumes = new Volumes(folder)) {
      volumes.inMemory("source", "4m");
      MirrorRequest request = marked();
      fillMarked(request);
      AtomicBoolean away = new AtomicBoolean();
      MirrorReport report =
          TreeMirror.run(
              request,
              new MirrorListener() {
                @Override
                public void changed(Change change) {
                  if (away.compareAndSet(false, true)) {
                    volumes.takeAway(trees.source());
                  }
                }
              });
      assertThat(away).isTrue();
      Set<Path> before = names();
      assertThat(before).as(report.toString()).hasSizeGreaterThan(60);

      report = TreeMirror.run(request, MirrorListener.NONE);
      assertThat(report.outcome()).isEqualTo(Outcome.REFUSED);
      assertThat(report.summary())
          .contains("no marker file .volume at the source", "mount the volume");
      assertThat(names()).isEqualTo(before);
    }
  }

  @Test
  void anotherVolumeInItsPlaceIsRefused() throws Exception {
    try (Volumes volumes = new Volumes(folder)) {
      volumes.inMemory("source", "4m");
      MirrorRequest request = marked();
      fillMarked(request);
      TreeMirror.run(request, MirrorListener.NONE);
      Set<Path> before = names();
      volumes.inMemory("source", "4m");
      trees.inSource("echo archive > .volume; echo other > other");
      MirrorReport report = TreeMirror.run(request, MirrorListener.NONE);
      assertThat(report.outcome()).isEqualTo(Outcome.REFUSED);
      assertThat(report.summary())
          .contains("'archive'", "'main'", "another volume is mounted there");
      assertThat(names()).isEqualTo(before);
    }
  }

  private MirrorRequest marked() {
    return trees.request().withMarker(MARKER);
  }

  private void fillMarked(MirrorRequest request) {
    trees.inTarget("echo backup > .volume");
    trees.inSource(
        "echo main > .volume; for d in $(seq 9); do mkdir d$d; for f in $(seq 9); do echo $f > d$d/$f; done; done");
    assertThat(TreeMirror.run(request, MirrorListener.NONE).outcome()).isEqualTo(Outcome.COMPLETE);
    trees.inSource("echo new > a-new; echo more >> d5/3");
  }

  @Test
  void halfUnreadableNothingThatIsNotSeenGoes() throws Exception {
    needsInterception();
    fill();
    Set<Path> before = names();
    // Things that are really gone: where that can be told and where it cannot.
    trees.inSource("rm -r d11/sub d20/sub d25/1");
    MirrorReport report =
        under(
            call ->
                call.name().equals("getdents64") && call.isInAny(trees.source(), "d1.*")
                    ? new Answer.Failing(EIO)
                    : Answer.TRUTH);
    assertThat(report.outcome()).as(report.toString()).isEqualTo(Outcome.INCOMPLETE);
    assertThat(report.summary()).contains("the storage reported an error");
    assertThat(report.failures()).hasSizeGreaterThanOrEqualTo(10);
    Set<Path> now = names();
    assertThat(before)
        .filteredOn(path -> path.toString().startsWith("d1"))
        .as(report.toString())
        .allMatch(now::contains);
    assertThat(trees.target().resolve("a-new")).as("what can be read arrives").exists();
    trees.mirrorAndProve();
  }

  @Test
  void aSourceWhoseDiskOrNetworkFailsFromSomeCallOnLosesNothing() throws Exception {
    needsInterception();
    fill();
    Set<Path> before = names();
    int[] errors = {EIO, ENOTCONN, ESTALE};
    for (int point = 1; point < 1500; point += 97) {
      long from = point;
      int errno = errors[point % errors.length];
      trees.inSource("echo $RANDOM$RANDOM >> d22/sub/2");
      MirrorReport report =
          under(
              call ->
                  call.number() >= from && !call.closes() && call.isIn(trees.source())
                      ? new Answer.Failing(errno)
                      : Answer.TRUTH);
      assertThat(report.outcome()).as(report.toString()).isNotEqualTo(Outcome.STOPPED);
      assertThat(report.counts().deleted()).as(report.toString()).isZero();
      assertThat(names()).as(report.toString()).containsAll(before);
    }
    trees.mirrorAndProve();
  }

  private static void needsInterception() {
    Assumptions.assumeTrue(InterposedKernel.isPossible(), "needs -Dgemel.test.faults=true");
  }

  private MirrorReport under(Function<KernelCall, Answer> script) {
    try (InterposedKernel _ = InterposedKernel.install(script)) {
      return trees.mirror();
    }
  }
}
