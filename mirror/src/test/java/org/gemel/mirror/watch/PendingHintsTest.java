package org.gemel.mirror.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.TreePath;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is told while nobody looks is not lost, wherever it is renamed to meanwhile. */
@Tag("B-41")
class PendingHintsTest {
  private final PendingHints pending = new PendingHints();

  @Test
  void whatWaitsIsCarriedAlongWithItsFolder() {
    pending.add(List.of(entry("q/p/s")));
    pending.add(List.of(renamed("q", "r")));
    assertThat(pending.take()).contains(renamed("q", "r"), entry("r/p/s"));
  }

  @Test
  void whatIsLookedAtIsCarriedAlongToo() {
    pending.add(List.of(entry("q/p/s")));
    pending.take();
    pending.add(List.of(renamed("q", "r")));
    assertThat(pending.take()).contains(entry("r/p/s"));
    pending.looked();
    pending.awaited();
    pending.add(List.of(renamed("r", "t")));
    assertThat(pending.take()).as("told a moment after the deed").contains(entry("t/p/s"));
    pending.looked();
    pending.awaited();
    pending.awaited();
    pending.add(List.of(renamed("t", "u")));
    assertThat(pending.take()).doesNotContain(entry("u/p/s"));
  }

  @Test
  void twoRenamesOneAfterTheOtherAreOne() {
    pending.add(List.of(renamed("a", "b")));
    pending.add(List.of(renamed("b", "c/d"), renamed("x", "a")));
    assertThat(pending.take()).contains(renamed("a", "c/d")).noneMatch(isRename("b"));
  }

  @Test
  void aPlaceThatWasLeftAndFilledAnewIsLookedThrough() {
    pending.add(List.of(renamed("a", "b")));
    pending.add(List.of(renamed("a", "c")));
    assertThat(pending.take()).contains(renamed("a", "b")).anyMatch(looksThrough("c"));
  }

  @Test
  void whatLeavesAPlaceThatIsToBeLookedThroughIsLookedThrough() {
    pending.add(List.of(new Hint.Subtree(path("s"), "removed")));
    pending.add(List.of(renamed("s/in", "out")));
    assertThat(pending.take()).anyMatch(looksThrough("out"));
  }

  @Test
  void aFolderMovedWhileEverythingIsLookedAtIsLookedThrough() {
    pending.takeForWhole();
    pending.add(List.of(renamed("a", "b")));
    assertThat(pending.take()).anyMatch(looksThrough("b"));
  }

  @Test
  void whatCouldNotBeLookedAtComesBeforeWhatCameMeanwhile() {
    pending.add(List.of(renamed("a", "b"), entry("b/x")));
    pending.take();
    pending.add(List.of(renamed("b", "c")));
    pending.putBack();
    assertThat(pending.take()).contains(renamed("a", "c"), entry("c/x"));
  }

  /**
   * Folders are renamed and touched at random, told in awaits of any length and taken now and then:
   * whatever is told must explain where each folder is now, and lead to each that was touched.
   */
  @Test
  void nothingIsLostHoweverItIsCut() {
    long seed = Long.getLong("gemel.seed", System.nanoTime());
    System.out.println("PendingHintsTest: -Dgemel.seed=" + seed);
    Random random = new Random(seed);
    for (int run = 0; run < 300; run++) {
      new Model(random).run();
    }
  }

  /** A tree of folders with names of one letter. */
  private static final class Model {
    private final Random random;
    private final PendingHints pending = new PendingHints();
    private Map<Integer, TreePath> now = new LinkedHashMap<>();
    private final Set<Integer> touched = new HashSet<>();

    Model(Random random) {
      this.random = random;
      for (int each = 0; each < 12; each++) {
        now.put(each, freePlace());
      }
    }

    void run() {
      Map<Integer, TreePath> mirrored = new LinkedHashMap<>(now);
      for (int await = 0; await < 12; await++) {
        tellOne();
        if (random.nextInt(4) == 0) {
          List<Hint> hints = pending.take();
          if (random.nextInt(3) == 0) {
            pending.putBack();
          } else {
            prove(mirrored, hints);
            pending.looked();
            mirrored = new LinkedHashMap<>(now);
            touched.clear();
          }
        }
      }
    }

    private void tellOne() {
      Map<Integer, TreePath> before = new LinkedHashMap<>(now);
      Set<Integer> moved = new HashSet<>();
      Set<Integer> looks = new HashSet<>();
      for (int deed = random.nextInt(5); deed >= 0; deed--) {
        int each = random.nextInt(now.size());
        if (random.nextBoolean()) {
          looks.add(each);
        } else {
          rename(each);
          moved.add(each);
        }
      }
      touched.addAll(looks);
      List<Hint> told = new ArrayList<>();
      for (int each : moved) {
        if (!slot(each, before).equals(slot(each, now))) {
          told.add(renamed(before.get(each), now.get(each)));
        }
      }
      looks.forEach(each -> told.add(look(now.get(each))));
      pending.add(told);
    }

    /** In which folder it is, whatever that is called, and by which name. */
    private static String slot(int folder, Map<Integer, TreePath> tree) {
      TreePath path = tree.get(folder);
      String parent =
          tree.entrySet().stream()
              .filter(each -> each.getValue().equals(path.parent()))
              .map(each -> each.getKey().toString())
              .findAny()
              .orElse("root");
      return parent + "/" + path.names().getLast();
    }

    private void rename(int folder) {
      TreePath from = now.get(folder);
      TreePath to = freePlace();
      if (!to.isAtOrBelow(from)) {
        now.replaceAll((_, at) -> at.isAtOrBelow(from) ? Paths.rebase(at, from, to) : at);
      }
    }

    private TreePath freePlace() {
      while (true) {
        List<TreePath> parents = new ArrayList<>(now.values());
        parents.add(TreePath.ROOT);
        TreePath parent = parents.get(random.nextInt(parents.size()));
        TreePath place = parent.child(EntryName.of("" + "abcdefgh".charAt(random.nextInt(8))));
        if (!now.containsValue(place)) {
          return place;
        }
      }
    }

    private void prove(Map<Integer, TreePath> mirrored, List<Hint> hints) {
      List<Hint.Renamed> renames = new ArrayList<>();
      hints.forEach(
          each -> {
            if (each instanceof Hint.Renamed renamed) {
              renames.add(renamed);
            }
          });
      RenamePlan plan = RenamePlan.of(renames);
      now.forEach(
          (folder, path) -> {
            boolean led = hints.stream().anyMatch(each -> leadsTo(path, each));
            if (touched.contains(folder)) {
              assertThat(led).as("%s was touched: %s", path, hints).isTrue();
            }
            if (!led) {
              assertThat(plan.carried(mirrored.get(folder))).as("%s", hints).isEqualTo(path);
            }
          });
    }

    private static boolean leadsTo(TreePath path, Hint hint) {
      return switch (hint) {
        case Hint.Entry entry -> entry.folder().child(entry.name()).equals(path);
        case Hint.Subtree subtree -> path.isAtOrBelow(subtree.folder());
        default -> false;
      };
    }
  }

  private static Predicate<Hint> isRename(String from) {
    return each -> each instanceof Hint.Renamed renamed && renamed.from().equals(path(from));
  }

  private static Predicate<Hint> looksThrough(String path) {
    return each -> each instanceof Hint.Subtree subtree && subtree.folder().equals(path(path));
  }

  private static Hint.Renamed renamed(String from, String to) {
    return renamed(path(from), path(to));
  }

  private static Hint.Renamed renamed(TreePath from, TreePath to) {
    return new Hint.Renamed(
        from.parent(), from.names().getLast(), to.parent(), to.names().getLast());
  }

  private static Hint entry(String path) {
    return look(path(path));
  }

  private static Hint look(TreePath path) {
    return new Hint.Entry(path.parent(), path.names().getLast());
  }

  private static TreePath path(String text) {
    TreePath path = TreePath.ROOT;
    for (String name : text.split("/", -1)) {
      path = path.child(EntryName.of(name));
    }
    return path;
  }
}
