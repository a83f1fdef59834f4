package org.gemel.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.TreePath;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that is suspect is copied anew, and nothing else is. */
@Tag("B-24")
final class SuspectsTest {
  private static final TreePath ONE = path("a", "one");

  private final Path folder;
  private final Trees trees;

  SuspectsTest(@TempDir Path folder) {
    this.folder = folder;
    trees = Trees.in(folder);
    trees.inSource("mkdir a; printf one > a/one; printf two > a/two; printf three > three");
  }

  @Test
  void exactlyTheSuspectIsCopiedAnew() {
    trees.mirrorAndProve();
    rot();
    assertThat(run(trees.request(), Suspects.NONE)).isEmpty();
    assertThat(run(trees.request().withDryRun(true), Suspects.of(List.of(ONE))))
        .containsExactly("update a/one");
    assertThat(run(trees.request(), Suspects.of(List.of(ONE)))).containsExactly("update a/one");
    trees.proveEqual();
  }

  @Test
  void anIndexThatCallsTheFolderUnchangedDoesNotHideIt() {
    MirrorRequest remembered =
        trees.request().withIndex(new MirrorIndex(folder.resolve("index"), true));
    assertThat(run(remembered, Suspects.NONE)).isNotEmpty();
    assertThat(run(remembered, Suspects.NONE)).isEmpty();
    rot();
    assertThat(run(remembered, Suspects.NONE)).isEmpty();
    assertThat(run(remembered, Suspects.of(List.of(ONE)))).containsExactly("update a/one");
    trees.proveEqual();
    rot();
    assertThat(run(remembered.withChecksum(true), Suspects.NONE)).containsExactly("update a/one");
    trees.proveEqual();
  }

  @Test
  void aSuspectThatIsGoneIsNoFailure() {
    trees.mirrorAndProve();
    assertThat(run(trees.request(), Suspects.of(List.of(path("no", "where"), path("x")))))
        .isEmpty();
  }

  /** Other bytes under the same size and time. */
  private void rot() {
    trees.inTarget("t=$(stat -c %y a/one); printf 0ne > a/one; touch -d \"$t\" a/one");
  }

  private static TreePath path(String... names) {
    TreePath path = TreePath.ROOT;
    for (String name : names) {
      path = path.child(EntryName.of(name));
    }
    return path;
  }

  private static List<String> run(MirrorRequest request, Suspects suspects) {
    List<String> changes = new ArrayList<>();
    MirrorReport report =
        TreeMirror.run(
            request,
            suspects,
            new MirrorListener() {
              @Override
              public void changed(Change change) {
                changes.add(change.line());
              }
            });
    assertThat(report.outcome()).as(report.toString()).isEqualTo(MirrorReport.Outcome.COMPLETE);
    return changes;
  }
}
