package org.gemel.mirror.watch;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.gemel.mirror.system.TreePath;
import org.gemel.mirror.watch.Trace.Slot;

/**
 * Tells the moves of one await() as renames, all at once: from the path before the first of them to
 * the path of now. The way between is not told, for nobody could look there any more. What cannot
 * be told as a rename is told as places to look at.
 */
final class Renames<K> {
  private final Places<K> places;
  private final Visible visible;
  private final Looks<K> looks;
  private final MoveHistory history = new MoveHistory();
  private final List<Hint> renamed = new ArrayList<>();
  private final Set<TreePath> left = new HashSet<>();
  private final Set<TreePath> filled = new HashSet<>();

  Renames(Places<K> places, Visible visible, Looks<K> looks) {
    this.places = places;
    this.visible = visible;
    this.looks = looks;
  }

  List<Hint> told() {
    return renamed;
  }

  void tell(List<Mark.Moved<K>> moves, Set<Hint> toLook) {
    remember(moves);
    Set<Slot<K>> emptied = new HashSet<>();
    Set<Slot<K>> settled = new HashSet<>();
    for (Trace<K> trace : Traces.of(moves)) {
      Slot<K> last = trace.last();
      if (last != null && (trace.isBack() || tell(trace.origin(), last))) {
        emptied.add(trace.origin());
        settled.add(last);
      }
    }
    for (Mark.Moved<K> move : moves) {
      Slot<K> from = new Slot<>(move.from(), move.fromName());
      Slot<K> to = new Slot<>(move.to(), move.toName());
      if (!emptied.contains(from) && !settled.contains(from)) {
        looks.tellEnd(from, move.folder(), toLook);
      }
      // A name that was left may have been taken by what came from outside.
      if (!settled.contains(to)) {
        looks.tellEnd(to, move.folder(), toLook);
      }
    }
  }

  /** Tells a move of an earlier await() again, as its folders lie before and after these moves. */
  void tellAgain(Mark.Moved<K> move, Set<Hint> toLook) {
    Slot<K> from = new Slot<>(move.from(), move.fromName());
    Slot<K> to = new Slot<>(move.to(), move.toName());
    if (!tell(from, to)) {
      looks.tellEnd(from, move.folder(), toLook);
      looks.tellEnd(to, move.folder(), toLook);
    }
  }

  private boolean tell(Slot<K> origin, Slot<K> last) {
    Optional<TreePath> from = now(origin).flatMap(folder -> before(folder, origin));
    Optional<TreePath> to = now(last).map(folder -> folder.child(last.name()));
    boolean seen = from.filter(visible::test).isPresent() && to.filter(visible::test).isPresent();
    if (!seen || origin.equals(last) || isTaken(from.get(), to.get())) {
      return false;
    }
    left.add(from.get());
    filled.add(to.get());
    renamed.add(
        new Hint.Renamed(
            from.get().parent(),
            from.get().names().getLast(),
            to.get().parent(),
            to.get().names().getLast()));
    return true;
  }

  /** One place is told to be left only once, and to be filled only once. */
  private boolean isTaken(TreePath from, TreePath to) {
    return left.contains(from) || filled.contains(to);
  }

  private Optional<TreePath> before(TreePath folder, Slot<K> slot) {
    return history.before(folder).map(path -> path.child(slot.name()));
  }

  private Optional<TreePath> now(Slot<K> slot) {
    return switch (places.locate(slot.folder())) {
      case Location.Inside inside -> Optional.of(inside.path());
      case Location.Gone _ -> places.lastPath(slot.folder());
      case Location.TooDeep _, Location.Outside _, Location.Unknown _ -> Optional.empty();
    };
  }

  /** Undoes the moves of folders from the last to the first, each with the paths of its moment. */
  private void remember(List<Mark.Moved<K>> moves) {
    int at = moves.size() - 1;
    while (at >= 0) {
      Mark.Moved<K> move = moves.get(at);
      boolean swap = at > 0 && move.swapsBack(moves.get(at - 1));
      Slot<K> start = new Slot<>(move.from(), move.fromName());
      Slot<K> end = new Slot<>(move.to(), move.toName());
      Optional<TreePath> from = now(start).flatMap(folder -> before(folder, start));
      Optional<TreePath> to = now(end).flatMap(folder -> before(folder, end));
      if (to.isPresent() && swap && from.isPresent()) {
        history.swapped(from.get(), to.get());
      } else if (to.isPresent() && move.folder()) {
        from.ifPresentOrElse(path -> history.moved(path, to.get()), () -> history.cameIn(to.get()));
      }
      at -= swap ? 2 : 1;
    }
  }
}
