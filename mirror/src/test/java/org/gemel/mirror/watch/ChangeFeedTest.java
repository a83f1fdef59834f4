package org.gemel.mirror.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gemel.mirror.watch.Watched.entry;
import static org.gemel.mirror.watch.Watched.path;
import static org.gemel.mirror.watch.Watched.renamed;
import static org.gemel.mirror.watch.Watched.subtrees;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.TreePath;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** What people and programs do to a tree is told, in either way. */
final class ChangeFeedTest {
  private final Path folder;
  private final Path tree;

  ChangeFeedTest(@TempDir Path folder) {
    this.folder = folder;
    this.tree = folder.resolve("tree");
  }

  @BeforeEach
  void fill() throws Exception {
    Files.createDirectory(tree);
    Files.createDirectory(folder.resolve("outside"));
    Bash.run(tree, "mkdir -p a/b c; printf 1 > a/b/f; printf 2 > c/g; printf 3 > h");
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
  void filesMadeWrittenChangedAndRemovedAreToldByTheirNames(Method.Way way) {
    try (Watched watched = Watched.open(tree, way)) {
      assertThat(watched.feed.method().complete()).isTrue();
      assertThat(watched.after("touch a/new")).containsExactly(entry("a/new"));
      assertThat(watched.after("printf more >> a/b/f")).containsExactly(entry("a/b/f"));
      assertThat(watched.after("chmod 600 c/g")).containsExactly(entry("c/g"));
      assertThat(watched.after("touch -d 2001-01-01 h")).containsExactly(entry("h"));
      assertThat(watched.after("truncate -s 9 h")).containsExactly(entry("h"));
      assertThat(watched.after("ln -s nowhere a/link")).containsExactly(entry("a/link"));
      assertThat(watched.after("ln h c/second")).contains(entry("c/second"));
      assertThat(watched.after("rm a/new")).containsExactly(entry("a/new"));
      assertThat(watched.after("chmod 700 a")).containsExactly(entry("a"));
      assertThat(watched.after("chmod 700 .")).containsExactly(new Hint.RootItself());
      assertThat(watched.after("mkfifo a/pipe")).containsExactly(entry("a/pipe"));
    }
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
  void aFileWrittenManyTimesIsToldOnce(Method.Way way) {
    try (Watched watched = Watched.open(tree, way)) {
      List<Hint> told = watched.after("for i in $(seq 500); do printf more; done >> a/b/f");
      assertThat(told).containsExactly(entry("a/b/f"));
    }
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
  void aRenamedFileIsOneHint(Method.Way way) {
    try (Watched watched = Watched.open(tree, way)) {
      assertThat(watched.after("mv h a/i")).containsExactly(renamed("h", "a/i"));
      assertThat(watched.after("mv a/i c/g")).containsExactly(renamed("a/i", "c/g"));
    }
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
  void aRenamedFolderIsOneHintAndWhatFollowsHasItsNewPath(Method.Way way) {
    try (Watched watched = Watched.open(tree, way)) {
      assertThat(watched.after("mv a c/d")).containsExactly(renamed("a", "c/d"));
      assertThat(watched.after("touch c/d/b/f")).containsExactly(entry("c/d/b/f"));
      assertThat(watched.after("touch c/d/b/f; mv c e; touch e/d/b/x"))
          .startsWith(renamed("c", "e"))
          .contains(entry("e/d/b/f"), entry("e/d/b/x"));
      assertThat(watched.after("mkdir a; touch a/f; rm -r e"))
          .contains(entry("a"))
          .matches(told -> subtrees(told).contains(path("e")));
    }
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
  void renamesOfOneMomentLeadFromThePathsOfBeforeToThoseOfNow(Method.Way way) {
    try (Watched watched = Watched.open(tree, way)) {
      List<Hint> told =
          watched.after("mv a/b/f a/b/g; mv a/b a/k; printf x > a/k/new; mv a z; mv z/k/g z/k/h");
      assertThat(told)
          .startsWith(renamed("a/b/f", "z/k/h"), renamed("a/b", "z/k"), renamed("a", "z"))
          .contains(entry("z/k/new"));
    }
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
  void swappedFoldersAreToldThereAndBack(Method.Way way) {
    org.junit.jupiter.api.Assumptions.assumeTrue(
        Bash.has("python3"), "python3 is not installed: nothing here swaps two names");
    String swap =
        "python3 -c \"import ctypes; ctypes.CDLL(None).renameat2(-100,b'a',-100,b'c',2)\"";
    try (Watched watched = Watched.open(tree, way)) {
      assertThat(watched.after("mv a/b/f a/b/k; " + swap + "; mv a/g a/l; touch c/b/new"))
          .startsWith(
              renamed("a/b/f", "c/b/k"),
              renamed("a", "c"),
              renamed("c", "a"),
              renamed("c/g", "a/l"))
          .contains(entry("c/b/new"));
      assertThat(watched.after("touch a/l c/b/k")).containsOnly(entry("a/l"), entry("c/b/k"));
    }
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
  void filesMovedOutOfAFolderThatIsRemovedAreStillRenames(Method.Way way) {
    try (Watched watched = Watched.open(tree, way)) {
      assertThat(watched.after("mv a/b/f c/f; rmdir a/b a"))
          .startsWith(renamed("a/b/f", "c/f"))
          .matches(told -> subtrees(told).contains(path("a")));
    }
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
  void whatComesFromOutsideOrGoesThereIsToldAtItsPlaceInTheTree(Method.Way way) {
    Bash.run(folder, "mkdir -p outside/d/e; touch outside/f outside/d/e/x");
    try (Watched watched = Watched.open(tree, way)) {
      assertThat(watched.after("mv ../outside/f a/f")).containsExactly(entry("a/f"));
      assertThat(watched.after("mv a/f ../outside/f")).containsExactly(entry("a/f"));
      assertThat(subtrees(watched.after("mv ../outside/d c/d"))).contains(path("c/d"));
      assertThat(watched.after("touch c/d/e/x")).containsExactly(entry("c/d/e/x"));
      assertThat(subtrees(watched.after("mv c/d ../outside/d"))).contains(path("c/d"));
      assertThat(watched.after("touch ../outside/d/e/x; rm -r ../outside/d")).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
  void aTreeMadeAtOnceIsToldAsAWhole(Method.Way way) {
    try (Watched watched = Watched.open(tree, way)) {
      List<Hint> told = watched.after("mkdir -p n/e/w; touch n/1 n/e/2 n/e/w/3");
      assertThat(told).contains(entry("n"));
      assertThat(watched.after("printf x > n/e/w/3")).containsExactly(entry("n/e/w/3"));
    }
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
  void namesThatAreNoTextAreToldAsTheyAre(Method.Way way) {
    String names =
        "$'new\\nline' $'no\\xff\\xfetext' $(printf 'k%.0s' $(seq 255)) ' ' '[\\x]' 'x (deleted)'";
    try (Watched watched = Watched.open(tree, way)) {
      List<Hint> told =
          watched.after("for n in " + names + "; do mkdir \"$n\"; touch \"$n/$n\"; done");
      for (EntryName name : oddNames()) {
        assertThat(told).contains(new Hint.Entry(TreePath.ROOT, name));
      }
      told = watched.after("for n in " + names + "; do printf x > \"$n/$n\"; done");
      for (EntryName name : oddNames()) {
        assertThat(told).contains(new Hint.Entry(TreePath.ROOT.child(name), name));
      }
      assertThat(told).hasSize(6);
    }
  }

  private static List<EntryName> oddNames() {
    byte[] noText = {'n', 'o', (byte) 0xff, (byte) 0xfe, 't', 'e', 'x', 't'};
    return List.of(
        EntryName.of("new\nline"),
        EntryName.of(noText),
        EntryName.of("k".repeat(255)),
        EntryName.of(" "),
        EntryName.of("[\\x]"),
        EntryName.of("x (deleted)"));
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
  void pathsLongerThanTheKernelCanSayAreCovered(Method.Way way) {
    String name = "n".repeat(250);
    String descend = "for i in $(seq 30); do mkdir -p " + name + "; cd " + name + "; done; ";
    Bash.run(tree, descend);
    try (Watched watched = Watched.open(tree, way)) {
      List<Hint> told = watched.after(descend + "printf deep > deep");
      TreePath deep = path((name + "/").repeat(30) + "deep");
      assertThat(told)
          .anyMatch(
              each ->
                  each.equals(new Hint.Entry(deep.parent(), EntryName.of("deep")))
                      || (each instanceof Hint.Subtree subtree
                          && subtree.folder().names().size() > 10
                          && Paths.isAtOrBelow(deep, subtree.folder())));
      watched.after("rm -r " + name);
    }
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
  void theMirrorsOwnTargetIsNotTold(Method.Way way) {
    Bash.run(tree, "mkdir -p own/sub");
    try (Watched watched =
        Watched.open(tree, way, tree.resolve("own"), folder.resolve("outside"))) {
      List<Hint> told = watched.after("touch own/x own/sub/y ../outside/z; touch h");
      assertThat(told).containsExactly(entry("h"));
    }
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
  void unfinishedCopiesAreToldOnlyByTheirFinalName(Method.Way way) {
    try (Watched watched = Watched.open(tree, way)) {
      assertThat(watched.after("printf x > a/.gemel-tmp-1; mv a/.gemel-tmp-1 a/x"))
          .containsExactly(entry("a/x"));
      assertThat(watched.after("mkdir .gemel-tmp-2; touch .gemel-tmp-2/y")).isEmpty();
      assertThat(subtrees(watched.after("mv .gemel-tmp-2 made"))).contains(path("made"));
      assertThat(watched.after("printf y > made/y")).containsExactly(entry("made/y"));
      assertThat(watched.after("mv a/x a/.gemel-tmp-3; rm a/.gemel-tmp-3"))
          .containsExactly(entry("a/x"));
    }
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
  void whatWasToldIsToldAgainWhenItsFolderMovedBeforeSomebodyLooked(Method.Way way) {
    try (Watched watched = Watched.open(tree, way)) {
      assertThat(watched.after("printf x > a/b/new; mv c/g c/k"))
          .containsExactly(renamed("c/g", "c/k"), entry("a/b/new"));
      assertThat(watched.after("mv a z; mv c y"))
          .containsExactly(
              renamed("a", "z"), renamed("c", "y"), renamed("c/g", "y/k"), entry("z/b/new"));
    }
  }
}
