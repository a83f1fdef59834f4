package org.gemel.mirror.watch;

import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.gemel.mirror.system.TreePath;
import org.jspecify.annotations.Nullable;

/**
 * What paths were before folders moved. The kernel says where a folder is now; a rename is only of
 * use with the paths of its own moment. So moves are given from the last to the first, each undone
 * for those before it.
 */
final class MoveHistory {
  /** By where a folder went: by the move's place in the order given, where it came from. */
  private final Map<TreePath, NavigableMap<Integer, Optional<TreePath>>> origins = new HashMap<>();

  private int given;

  /** The path before all moves given; nothing if it was outside the tree then. */
  Optional<TreePath> before(TreePath now) {
    Optional<TreePath> path = Optional.of(now);
    int next = 0;
    while (path.isPresent()) {
      Undo undo = firstAbove(path.get(), next);
      if (undo == null) {
        return path;
      }
      TreePath moved = path.get();
      path = undo.from().map(from -> Paths.rebase(moved, undo.to(), from));
      next = undo.place() + 1;
    }
    return path;
  }

  private record Undo(int place, TreePath to, Optional<TreePath> from) {}

  private @Nullable Undo firstAbove(TreePath path, int next) {
    Undo first = null;
    for (TreePath at = path; !origins.isEmpty() && !at.isRoot(); at = at.parent()) {
      var moves = origins.get(at);
      var move = moves == null ? null : moves.ceilingEntry(next);
      if (move != null && (first == null || move.getKey() < first.place())) {
        first = new Undo(move.getKey(), at, move.getValue());
      }
    }
    return first;
  }

  void moved(TreePath from, TreePath to) {
    put(to, Optional.of(from));
    given++;
  }

  void cameIn(TreePath to) {
    put(to, Optional.empty());
    given++;
  }

  /** Two names were swapped in one step: both at once, or one would be undone twice. */
  void swapped(TreePath one, TreePath other) {
    put(other, Optional.of(one));
    put(one, Optional.of(other));
    given++;
  }

  private void put(TreePath to, Optional<TreePath> from) {
    origins.computeIfAbsent(to, _ -> new TreeMap<>()).put(given, from);
  }
}
