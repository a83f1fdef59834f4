package org.gemel.mirror.watch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gemel.mirror.system.TreePath;
import org.jspecify.annotations.Nullable;

/**
 * Hints of several awaits, kept until somebody looks. The paths of a hint are those of its own
 * await; a rename that is told later carries what waits below it along, and what is being looked at
 * just now too, for the look may have been too late or too early. So whoever takes the hints gets
 * renames that are meant all at once, from how the tree was when hints were last taken, and looks
 * with the paths of now. To look at a place too many costs little; one too few would never be
 * found.
 */
public final class PendingHints {
  private final Set<Hint> looks = new LinkedHashSet<>();
  private final List<Hint.Renamed> renames = new ArrayList<>();
  private List<Hint> taken = List.of();
  private List<Hint> lookedAt = List.of();
  private List<Hint> lookedAtBefore = List.of();

  /**
   * An await() has ended, and what it told was added. What was looked at is carried along until one
   * that began after the look: the kernel tells of a rename a moment after the deed.
   */
  public void awaited() {
    lookedAtBefore = lookedAt;
    lookedAt = List.of();
  }

  /** Adds what one await() told. */
  public void add(List<Hint> told) {
    List<Hint.Renamed> moved = new ArrayList<>();
    for (Hint each : told) {
      if (each instanceof Hint.Renamed rename) {
        moved.add(rename);
      }
    }
    if (!moved.isEmpty()) {
      carry(moved);
      compose(moved);
    }
    for (Hint each : told) {
      if (!(each instanceof Hint.Renamed)) {
        looks.add(each);
        looks.addAll(carried(each, movedOut(each, moved)));
      }
    }
  }

  /** Has what waits, and what is or was just being looked at, looked at where it is now, too. */
  public void carry(List<Hint.Renamed> moved) {
    Set<Hint> before = new LinkedHashSet<>(looks);
    before.addAll(taken);
    before.addAll(lookedAt);
    before.addAll(lookedAtBefore);
    before.forEach(each -> looks.addAll(carried(each, moved)));
  }

  /** Adds a place to look at, with its path of now. */
  public void add(Hint look) {
    add(List.of(look));
  }

  /** Takes all hints, renames first; until the next take they are those that are looked at. */
  public List<Hint> take() {
    List<Hint> all = new ArrayList<>(renames);
    all.addAll(looks);
    renames.clear();
    looks.clear();
    taken = List.copyOf(all);
    return all;
  }

  /** Takes all hints because everything is looked at instead. */
  public void takeForWhole() {
    take();
    taken = List.of(new Hint.Subtree(TreePath.ROOT, "everything is being looked at"));
  }

  /** What was taken has been looked at. */
  public void looked() {
    List<Hint> all = new ArrayList<>(lookedAt);
    all.addAll(taken);
    lookedAt = all;
    taken = List.of();
  }

  /** What was taken could not be looked at: it waits again, as what was told first. */
  public void putBack() {
    List<Hint> first = taken;
    List<Hint> then = take();
    taken = List.of();
    add(first);
    add(then);
  }

  public boolean isEmpty() {
    return looks.isEmpty() && renames.isEmpty();
  }

  /** Where else a hint's places are after renames that came later. */
  public static Set<Hint> carried(Hint hint, List<Hint.Renamed> moved) {
    Set<Hint> carried = new LinkedHashSet<>();
    for (Hint.Renamed each : moved) {
      switch (hint) {
        case Hint.Entry entry -> {
          TreePath path = entry.folder().child(entry.name());
          if (path.isAtOrBelow(each.from())) {
            carried.add(Hint.at(Paths.rebase(path, each.from(), each.to())));
          }
        }
        case Hint.Subtree subtree -> {
          if (subtree.folder().isAtOrBelow(each.from())) {
            carried.add(below(Paths.rebase(subtree.folder(), each.from(), each.to())));
          } else if (each.from().isAtOrBelow(subtree.folder())) {
            carried.add(below(each.to()));
          }
        }
        case Hint.Renamed earlier -> {
          // Whether that was done, and when, is not known while it is being looked at.
          carried.addAll(carried(below(earlier.from()), List.of(each)));
          carried.addAll(carried(below(earlier.to()), List.of(each)));
        }
        case Hint.RootItself _, Hint.Everything _, Hint.RootGone _ -> {}
      }
    }
    return carried;
  }

  /** The renames of the same await that took something out of what is to be looked through. */
  private static List<Hint.Renamed> movedOut(Hint hint, List<Hint.Renamed> moved) {
    return hint instanceof Hint.Subtree subtree
        ? moved.stream()
            .filter(each -> each.from().isAtOrBelow(subtree.folder()))
            .filter(each -> !each.from().equals(subtree.folder()))
            .toList()
        : List.of();
  }

  /** Makes one set of renames, all at once, of those that wait and those that came after them. */
  private void compose(List<Hint.Renamed> moved) {
    Map<TreePath, TreePath> waiting = new HashMap<>();
    Map<TreePath, TreePath> origins = new HashMap<>();
    for (Hint.Renamed each : renames) {
      waiting.put(each.from(), each.to());
      origins.put(each.to(), each.from());
    }
    RenamePlan later = RenamePlan.of(moved);
    List<Hint.Renamed> all = new ArrayList<>();
    for (Hint.Renamed each : renames) {
      TreePath to = later.carried(each.to());
      if (!to.equals(each.to())) {
        looks.add(below(each.to()));
      }
      all.add(renamed(each.from(), to));
    }
    for (Hint.Renamed each : moved) {
      if (origins.containsKey(each.from())) {
        looks.add(below(each.from()));
        continue;
      }
      TreePath from = origin(each.from(), waiting, origins);
      if (from == null) {
        looks.add(below(each.from()));
        looks.add(below(each.to()));
      } else {
        all.add(renamed(from, each.to()));
      }
    }
    renames.clear();
    keepOneOfEach(all);
  }

  /**
   * Where a path was before what waits was renamed.
   *
   * @return null if it is new since
   */
  private static @Nullable TreePath origin(
      TreePath path, Map<TreePath, TreePath> waiting, Map<TreePath, TreePath> origins) {
    for (TreePath at = path; !at.isRoot(); at = at.parent()) {
      TreePath origin = origins.get(at);
      if (origin != null) {
        return Paths.rebase(path, at, origin);
      }
      if (waiting.containsKey(at)) {
        return null;
      }
    }
    return path;
  }

  /** A place is left once and filled once; of two that fill it the later did. */
  private void keepOneOfEach(List<Hint.Renamed> all) {
    Set<TreePath> left = new HashSet<>();
    Set<TreePath> filled = new HashSet<>();
    for (Hint.Renamed each : all.reversed()) {
      if (each.from().equals(each.to())) {
        looks.add(below(each.to()));
      } else if (left.contains(each.from()) || filled.contains(each.to())) {
        looks.add(below(each.from()));
        looks.add(below(each.to()));
      } else {
        left.add(each.from());
        filled.add(each.to());
        renames.addFirst(each);
      }
    }
  }

  private static Hint.Renamed renamed(TreePath from, TreePath to) {
    return new Hint.Renamed(
        from.parent(), from.names().getLast(), to.parent(), to.names().getLast());
  }

  private static Hint below(TreePath path) {
    return new Hint.Subtree(path, "a folder was moved before it was looked at");
  }
}
