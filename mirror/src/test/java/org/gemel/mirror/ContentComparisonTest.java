package org.gemel.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.gemel.mirror.system.TreePath;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reading finds what metadata cannot show, on many threads as on one. */
@Tag("B-24")
@Tag("M-57")
final class ContentComparisonTest {
  private final Trees trees;

  ContentComparisonTest(@TempDir Path folder) {
    trees = Trees.in(folder);
  }

  @Test
  void differencesComeInTheOrderOfPathsWhateverTheThreads() {
    trees.inSource(
        "for d in a b c d e f; do mkdir -p $d/sub; for i in 1 2 3 4; do printf $d$i > $d/$i; printf x > $d/sub/$i; done; done");
    trees.mirrorAndProve();
    trees.inTarget("rm -r c/sub; printf yy > a/2; printf yy > f/sub/3; mkdir b/more; chmod 700 e");
    List<String> alone = lines(ComparisonOptions.CONTENT.withStreams(1));
    assertThat(alone).hasSizeGreaterThan(5).anyMatch(line -> line.endsWith("only in A: c/sub"));
    for (int streams = 2; streams < 6; streams++) {
      assertThat(lines(ComparisonOptions.CONTENT.withStreams(streams))).isEqualTo(alone);
    }
  }

  @Test
  void aFlippedByteInAStripeOfALongFileIsFound() {
    // Mostly a hole: long enough for three stripes, quick to read.
    trees.inSource("truncate -s 140M long; printf end >> long; truncate -s 140M other");
    trees.mirrorAndProve();
    assertThat(lines(ComparisonOptions.CONTENT)).isEmpty();
    trees.inTarget(
        "t=$(stat -c %y long); printf X | dd of=long bs=1 seek=100000000 conv=notrunc 2>&1; touch -d \"$t\" long");
    assertThat(lines(ComparisonOptions.PLAIN)).isEmpty();
    assertThat(lines(ComparisonOptions.CONTENT)).containsExactly("content differs: long");
    assertThat(lines(ComparisonOptions.CONTENT.withStreams(1).withFromStorage(true)))
        .containsExactly("content differs: long");
  }

  @Test
  void whatIsMoreThanCanBeKeptIsPassedOnAtOnce() {
    List<String> told = new ArrayList<>();
    SortedDifferences differences =
        new SortedDifferences(difference -> told.add(difference.path().toString()), 2);
    for (String name : List.of("c", "a", "b", "e", "d")) {
      differences.found(
          new Difference.OnlyInFirst(
              TreePath.ROOT.child(org.gemel.mirror.system.EntryName.of(name))));
    }
    assertThat(told).containsExactly("a", "b", "c", "e", "d");
    differences.flush();
    assertThat(differences.told()).isEqualTo(5);
  }

  @Test
  void treesThatChangeMeanwhileAreNotCalledEqual() {
    trees.inSource("mkdir a b; printf one > a/one; printf two > b/two");
    trees.mirrorAndProve();
    AtomicBoolean changed = new AtomicBoolean();
    ComparisonReport report =
        whenAt(
            "a/one",
            () -> changed.set(true),
            "printf new > a/new; cp -p a/new ../target/a/new; touch -r ../target/a a");
    assertThat(changed).isTrue();
    assertThat(report.equal()).isFalse();
    assertThat(report.failures()).anyMatch(each -> each.reason().contains("changed while"));
  }

  @Test
  void aFileWrittenBetweenListingAndReadingIsNotCalledEqual() throws Exception {
    trees.inSource("mkdir a; printf one > a/one; printf two > a/two");
    trees.mirrorAndProve();
    Path one = trees.source().resolve("a/one");
    Path other = trees.target().resolve("a/one");
    FileTime time = Files.getLastModifiedTime(one);
    // The same bytes on both sides, and the times put back: only the change time tells.
    ComparisonReport report =
        whenAt(
            "a/one",
            () -> {
              try {
                for (Path each : List.of(one, other)) {
                  Files.writeString(each, "0ne");
                  Files.setLastModifiedTime(each, time);
                }
              } catch (java.io.IOException e) {
                throw new AssertionError(e);
              }
            },
            "true");
    assertThat(report.equal()).isFalse();
    assertThat(report.failures()).anyMatch(each -> each.path().toString().equals("a/one"));
  }

  @Test
  void aStoppedComparisonClaimsNothing() {
    trees.inSource("for i in 1 2 3; do mkdir $i; printf x > $i/x; done");
    trees.mirrorAndProve();
    ComparisonReport report =
        TreeComparison.compare(
            TreeRoot.of(trees.source()),
            TreeRoot.of(trees.target()),
            ComparisonOptions.CONTENT.withTreeHash(true),
            difference -> {},
            () -> true);
    assertThat(report.stopped()).isTrue();
    assertThat(report.equal()).isFalse();
    assertThat(report.treeHash()).isEmpty();
  }

  /** Compares on one thread, and does something when it has got to a path. */
  private ComparisonReport whenAt(String path, Runnable act, String script) {
    AtomicBoolean done = new AtomicBoolean();
    return TreeComparison.compare(
        TreeRoot.of(trees.source()),
        TreeRoot.of(trees.target()),
        ComparisonOptions.CONTENT.withStreams(1),
        new ComparisonListener() {
          @Override
          public void progress(long files, long bytesRead, TreePath at) {
            if (at.toString().equals(path) && done.compareAndSet(false, true)) {
              act.run();
              trees.inSource(script);
            }
          }
        });
  }

  private List<String> lines(ComparisonOptions options) {
    List<Difference> differences = new ArrayList<>();
    ComparisonReport report =
        TreeComparison.compare(
            TreeRoot.of(trees.source()), TreeRoot.of(trees.target()), options, differences);
    assertThat(report.differing()).isEqualTo(differences.size());
    return differences.stream().map(Difference::line).toList();
  }
}
