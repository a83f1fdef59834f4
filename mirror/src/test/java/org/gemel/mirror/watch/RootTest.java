package org.gemel.mirror.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A root that is no longer the tree that was meant is noticed, in every way of watching. */
final class RootTest {
  private final Path folder;
  private final Path tree;

  RootTest(@TempDir Path folder) {
    this.folder = folder;
    this.tree = folder.resolve("above/tree");
  }

  @BeforeEach
  void make() throws Exception {
    Files.createDirectories(tree.resolve("sub"));
  }

  private List<Hint> after(Watched watched, String script) {
    Bash.run(folder, script);
    return watched.feed.await(Duration.ofHours(1));
  }

  private static void assertGone(List<Hint> told, String why) {
    assertThat(told.getFirst()).isInstanceOf(Hint.RootGone.class);
    assertThat(told.getFirst().toString()).contains(why);
    assertThat(told).filteredOn(Hint.RootGone.class::isInstance).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(names = {"FANOTIFY", "INOTIFY"})
  void theRootMovedAwayIsNoticedAtOnce(Method.Way way) {
    try (Watched watched = Watched.open(tree, way)) {
      assertGone(after(watched, "mv above/tree above/other"), "root");
      assertThat(watched.feed.await(Duration.ZERO)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"FANOTIFY", "INOTIFY"})
  void theRootRemovedIsNoticedAtOnce(Method.Way way) {
    try (Watched watched = Watched.open(tree, way)) {
      assertGone(after(watched, "rm -r above/tree"), "root");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aFolderAboveTheRootThatIsRenamedIsNoticedWhenPatienceEnds(Method.Way way) {
    try (Watched watched = Watched.open(tree, way)) {
      Bash.run(folder, "mv above other");
      assertGone(watched.feed.await(Duration.ofMillis(1)), "leads nowhere");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aRootReplacedByAnotherFolderIsNoticed(Method.Way way) {
    try (Watched watched = Watched.open(tree, way)) {
      Bash.run(folder, "mv above other; mkdir -p above/tree");
      assertGone(watched.feed.await(Duration.ofMillis(1)), "another folder");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aRootUnmountedIsNoticedAtOnce(Method.Way way) {
    assumeMounting("mount -t tmpfs none above/tree");
    boolean mounted = true;
    try (Watched watched = Watched.open(tree, way)) {
      List<Hint> told = after(watched, "umount -l above/tree");
      mounted = false;
      assertGone(told, "another folder");
    } finally {
      if (mounted) {
        Bash.run(folder, "umount -l above/tree");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aVolumeMountedOverTheRootIsNoticedAtOnce(Method.Way way) {
    try (Watched watched = Watched.open(tree, way)) {
      assumeMounting("mount -t tmpfs none above/tree");
      assertGone(watched.feed.await(Duration.ofHours(1)), "another folder");
    } finally {
      Bash.succeeds(folder, "umount above/tree");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aVolumeMountedInsideTheTreeIsToldAndIfUnwatchedSaid(Method.Way way) {
    try (Watched watched = Watched.open(tree, way)) {
      assumeMounting("mount -t tmpfs none above/tree/sub");
      assertThat(inside(watched)).contains(Watched.path("sub"));
      if (way == Method.Way.FANOTIFY) {
        assertThat(watched.feed.method().complete()).isFalse();
        assertThat(watched.feed.method().words()).contains("mounted inside (sub)");
      } else if (way == Method.Way.INOTIFY) {
        assertThat(watched.after("touch sub/x")).containsExactly(Watched.entry("sub/x"));
      }
      Bash.run(folder, "umount above/tree/sub");
      assertThat(inside(watched)).contains(Watched.path("sub"));
      assertThat(watched.feed.method().complete()).isEqualTo(way != Method.Way.NONE);
    } finally {
      Bash.succeeds(folder, "umount above/tree/sub");
    }
  }

  /** Others may mount elsewhere meanwhile: awaits until something is told of this tree. */
  private static List<org.gemel.mirror.system.TreePath> inside(Watched watched) {
    List<Hint> told = new ArrayList<>();
    while (told.isEmpty()) {
      told.addAll(watched.feed.await(Duration.ofHours(1)));
    }
    return Watched.subtrees(told);
  }

  @ParameterizedTest
  @EnumSource
  void closingEndsWhoeverAwaits(Method.Way way) throws Exception {
    try (Watched watched = Watched.open(tree, way)) {
      List<Hint> told = new ArrayList<>();
      Thread awaiting = new Thread(() -> told.addAll(watched.feed.await(Duration.ofHours(1))));
      awaiting.start();
      while (awaiting.getState() == Thread.State.NEW) {
        Thread.onSpinWait();
      }
      watched.feed.close();
      awaiting.join();
      assertThat(told).isEmpty();
      assertThat(watched.feed.await(Duration.ofHours(1))).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void impatienceEndsAnAwaitWithNothing(Method.Way way) {
    try (Watched watched = Watched.open(tree, way)) {
      assertThat(watched.feed.await(Duration.ZERO)).isEmpty();
      assertThat(watched.feed.await(Duration.ofMillis(1))).isEmpty();
    }
  }

  private void assumeMounting(String script) {
    Assumptions.assumeTrue(Bash.isRoot(), "only root may mount");
    Assumptions.assumeTrue(Bash.succeeds(folder, script), "mounting is not allowed here");
  }
}
