package org.gemel.mirror.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gemel.mirror.watch.Watched.path;

import java.util.Arrays;
import java.util.List;
import org.gemel.mirror.watch.RenamePlan.Step.Move;
import org.gemel.mirror.watch.RenamePlan.Step.Put;
import org.gemel.mirror.watch.RenamePlan.Step.TakeAside;
import org.junit.jupiter.api.Test;

/** Renames that are meant all at once can be done one after the other. */
final class RenamePlanTest {
  @Test
  void whatHasNothingToDoWithEachOtherIsRenamedDirectly() {
    assertThat(steps("a -> b", "c/x -> c/y", "d -> c/z"))
        .containsExactly(
            new Move(path("a"), path("b")),
            new Move(path("c/x"), path("c/y")),
            new Move(path("d"), path("c/z")));
  }

  @Test
  void swappedNamesGoAsideFirst() {
    assertThat(steps("a -> b", "b -> a"))
        .containsExactly(
            new TakeAside(path("a"), 0),
            new TakeAside(path("b"), 1),
            new Put(0, path("b")),
            new Put(1, path("a")));
  }

  @Test
  void aFolderAndWhatLeftItAreTakenFromTheDeepestAndPutFromTheUppermost() {
    assertThat(steps("a -> b/c", "a/x -> d", "a/x/y -> b/c/y"))
        .containsExactly(
            new TakeAside(path("a/x/y"), 2),
            new TakeAside(path("a/x"), 1),
            new TakeAside(path("a"), 0),
            new Put(1, path("d")),
            new Put(0, path("b/c")),
            new Put(2, path("b/c/y")));
  }

  @Test
  void aFolderThatWentIntoItsOwnFormerPlaceGoesAside() {
    assertThat(steps("a -> a/old"))
        .containsExactly(new TakeAside(path("a"), 0), new Put(0, path("a/old")));
  }

  @Test
  void aPlaceOfBeforeIsFoundWhereItsFolderLiesAfter() {
    RenamePlan plan = RenamePlan.of(renames("a -> z", "a/b -> c"));
    assertThat(plan.after(path("a/x"))).isEqualTo(path("z/x"));
    assertThat(plan.after(path("a/b/x/y"))).isEqualTo(path("c/x/y"));
    assertThat(plan.after(path("a/b")))
        .as("the name itself, not what had it")
        .isEqualTo(path("z/b"));
    assertThat(plan.after(path("other"))).isEqualTo(path("other"));
  }

  private static List<RenamePlan.Step> steps(String... renames) {
    return RenamePlan.of(renames(renames)).steps();
  }

  private static List<Hint.Renamed> renames(String... renames) {
    return Arrays.stream(renames)
        .map(each -> each.split(" -> ", -1))
        .map(ends -> (Hint.Renamed) Watched.renamed(ends[0], ends[1]))
        .toList();
  }
}
