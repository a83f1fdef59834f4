package org.gemel.mirror.watch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.TreePath;

/** Tells moves with both ends in the tree as renames. */
final class Renames<K> {
  private final Places<K> places;
  private final Visible visible;

  Renames(Places<K> places, Visible visible) {
    this.places = places;
    this.visible = visible;
  }

  /** For each move its rename, with the paths of its moment; nothing where an end is not seen. */
  List<Optional<Hint>> inOrder(List<Mark.Moved<K>> moves) {
    MoveHistory history = new MoveHistory();
    List<Optional<Hint>> told = new ArrayList<>();
    int at = moves.size() - 1;
    while (at >= 0) {
      Mark.Moved<K> move = moves.get(at);
      boolean swap = at > 0 && move.swapsBack(moves.get(at - 1));
      Optional<TreePath> from = before(history, move.from(), move.fromName());
      Optional<TreePath> to = before(history, move.to(), move.toName());
      told.add(renamed(from, to));
      if (swap) {
        told.add(renamed(to, from));
      }
      to.ifPresent(
          end -> {
            if (swap && from.isPresent()) {
              history.swapped(from.get(), end);
            } else if (move.folder()) {
              from.ifPresentOrElse(start -> history.moved(start, end), () -> history.cameIn(end));
            }
          });
      at -= swap ? 2 : 1;
    }
    Collections.reverse(told);
    return told;
  }

  /** A move with the paths of now. */
  Optional<Hint> now(Mark.Moved<K> move) {
    MoveHistory none = new MoveHistory();
    return renamed(
        before(none, move.from(), move.fromName()), before(none, move.to(), move.toName()));
  }

  private Optional<TreePath> before(MoveHistory history, K folder, EntryName name) {
    Optional<TreePath> now =
        switch (places.locate(folder)) {
          case Location.Inside inside -> Optional.of(inside.path());
          case Location.Gone _ -> places.lastPath(folder);
          case Location.TooDeep _, Location.Outside _, Location.Unknown _ -> Optional.empty();
        };
    return now.flatMap(history::before).map(path -> path.child(name));
  }

  private Optional<Hint> renamed(Optional<TreePath> from, Optional<TreePath> to) {
    boolean seen = from.filter(visible::test).isPresent() && to.filter(visible::test).isPresent();
    return seen ? Optional.of(hint(from.get(), to.get())) : Optional.empty();
  }

  private static Hint hint(TreePath from, TreePath to) {
    return new Hint.Renamed(
        from.parent(), from.names().getLast(), to.parent(), to.names().getLast());
  }
}
