package org.gemel.mirror.watch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.TreePath;

/**
 * An order in which renames that are meant all at once can be done one after the other. Those that
 * have nothing to do with each other are done directly. The others (names that are swapped or
 * handed on, a folder into what was in it) are first taken aside, the deepest first, while every
 * path is still that of before; then put where they belong, the uppermost first, when every path
 * above them is already that of after.
 */
public final class RenamePlan {
  /** One thing to do; paths are those at its time. */
  public sealed interface Step {
    /** Rename. What has the new name is of before and goes. */
    record Move(TreePath from, TreePath to) implements Step {}

    /** Rename to a place outside the tree, by a number. */
    record TakeAside(TreePath from, int number) implements Step {}

    /** Rename from there. What has the new name is of before and goes. */
    record Put(int number, TreePath to) implements Step {}
  }

  private final List<Hint.Renamed> renames;
  private final Map<TreePath, TreePath> destinations = new HashMap<>();

  private RenamePlan(List<Hint.Renamed> renames) {
    this.renames = List.copyOf(renames);
    for (Hint.Renamed each : renames) {
      if (destinations.put(each.from(), each.to()) != null) {
        throw new IllegalArgumentException("found two renames of " + each.from() + ", wanted one");
      }
    }
  }

  /** Plans the renames of one await(), or those of them that are believed. */
  public static RenamePlan of(List<Hint.Renamed> renames) {
    return new RenamePlan(renames);
  }

  /** Where the place of a path of before lies after all renames; whatever is there. */
  public TreePath after(TreePath before) {
    List<EntryName> below = new ArrayList<>();
    TreePath at = before.isRoot() ? before : before.parent();
    if (!before.isRoot()) {
      below.add(before.names().getLast());
    }
    while (!at.isRoot() && !destinations.containsKey(at)) {
      below.addFirst(at.names().getLast());
      at = at.parent();
    }
    TreePath path = destinations.getOrDefault(at, at);
    for (EntryName name : below) {
      path = path.child(name);
    }
    return path;
  }

  /** Where what has a path of before is after all renames. */
  TreePath carried(TreePath before) {
    for (TreePath at = before; !at.isRoot(); at = at.parent()) {
      TreePath to = destinations.get(at);
      if (to != null) {
        return Paths.rebase(before, at, to);
      }
    }
    return before;
  }

  public List<Step> steps() {
    Set<Integer> entangled = entangled();
    List<Integer> aside = new ArrayList<>(entangled);
    aside.sort(Comparator.comparing(i -> -depth(renames.get(i).from())));
    List<Step> steps = new ArrayList<>();
    aside.forEach(i -> steps.add(new Step.TakeAside(renames.get(i).from(), i)));
    for (int i = 0; i < renames.size(); i++) {
      if (!entangled.contains(i)) {
        steps.add(new Step.Move(renames.get(i).from(), renames.get(i).to()));
      }
    }
    aside.sort(Comparator.comparing(i -> depth(renames.get(i).to())));
    aside.forEach(i -> steps.add(new Step.Put(i, renames.get(i).to())));
    return steps;
  }

  private static int depth(TreePath path) {
    return path.names().size();
  }

  /** The renames of which one end is, or lies below, an end of another or its own other end. */
  private Set<Integer> entangled() {
    Map<TreePath, Set<Integer>> ends = new HashMap<>();
    for (int i = 0; i < renames.size(); i++) {
      ends.computeIfAbsent(renames.get(i).from(), _ -> new HashSet<>()).add(i);
      ends.computeIfAbsent(renames.get(i).to(), _ -> new HashSet<>()).add(i);
    }
    Set<Integer> entangled = new HashSet<>();
    for (int i = 0; i < renames.size(); i++) {
      entangle(renames.get(i).from(), i, ends, entangled);
      entangle(renames.get(i).to(), i, ends, entangled);
    }
    return entangled;
  }

  private static void entangle(
      TreePath end, int number, Map<TreePath, Set<Integer>> ends, Set<Integer> entangled) {
    for (TreePath at = end; !at.isRoot(); at = at.parent()) {
      for (int other : ends.getOrDefault(at, Set.of())) {
        boolean itself = other == number && at.equals(end);
        if (!itself) {
          entangled.add(number);
          entangled.add(other);
        }
      }
    }
  }
}
