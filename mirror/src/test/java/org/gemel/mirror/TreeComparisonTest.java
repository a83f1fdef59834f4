package org.gemel.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A comparison finds each way in which a backup can differ from its main. */
@Tag("M-57")
final class TreeComparisonTest {
  private final Trees trees;

  TreeComparisonTest(@TempDir Path folder) {
    trees = Trees.in(folder);
    trees.inSource(
        "mkdir -p d; printf one > d/one; printf two > two; ln -s x link; ln two two2; touch -d 2020-01-01 d .");
    trees.mirrorAndProve();
  }

  @Test
  void eachDifferenceIsNamed() {
    trees.inTarget(
        "rm d/one; mkdir -p new/deep; chmod 600 two; touch -d 2001-01-01 two; ln -sf y link; touch -d 2020-01-01 d .");
    assertThat(lines(ComparisonOptions.PLAIN))
        .contains("only in A: d/one", "only in B: new", "modification time, mode differs: two")
        .anyMatch(line -> line.contains("link target") && line.endsWith(": link"));
  }

  @Test
  void otherBytesUnderEqualSizeAndTimeAreFoundByReadingOnly() {
    trees.inTarget(
        "t=$(stat -c %y d/one); printf 0ne > d/one; touch -d \"$t\" d/one; touch -d 2020-01-01 d");
    assertThat(lines(ComparisonOptions.PLAIN)).isEmpty();
    assertThat(lines(ComparisonOptions.CONTENT)).containsExactly("content differs: d/one");
  }

  @Test
  void partedHardLinksAreFound() {
    trees.inTarget("cp -p two copy; mv copy two2; touch -d 2020-01-01 .");
    assertThat(lines(ComparisonOptions.CONTENT)).containsExactly("hard links differs: two2");
  }

  @Test
  void aMissingTreeIsNotEqualToAnything() {
    ComparisonReport report =
        TreeComparison.compare(
            TreeRoot.of(trees.source()),
            new TreeRoot(trees.target() + "/nowhere"),
            ComparisonOptions.PLAIN,
            new ArrayList<>());
    assertThat(report.equal()).isFalse();
    assertThat(report.refusal().orElseThrow().reason()).contains("second folder");
  }

  private List<String> lines(ComparisonOptions options) {
    List<Difference> differences = new ArrayList<>();
    ComparisonReport report =
        TreeComparison.compare(
            TreeRoot.of(trees.source()), TreeRoot.of(trees.target()), options, differences);
    assertThat(report.equal()).isEqualTo(differences.isEmpty());
    assertThat(report.differing()).isEqualTo(differences.size());
    return differences.stream().map(Difference::line).toList();
  }
}
