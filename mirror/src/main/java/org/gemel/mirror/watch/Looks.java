package org.gemel.mirror.watch;

import java.util.Set;
import java.util.function.Function;
import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.TreePath;
import org.gemel.mirror.watch.Trace.Slot;

/** Tells marks as places to look at now. What lies in a removed folder went with it. */
final class Looks<K> {
  private final Places<K> places;
  private final Visible visible;

  Looks(Places<K> places, Visible visible) {
    this.places = places;
    this.visible = visible;
  }

  void tell(Mark<K> mark, Set<Hint> told) {
    switch (mark) {
      case Mark.Touched<K> touched -> tell(touched.folder(), told, at -> entry(at, touched.name()));
      case Mark.Itself<K> itself -> tell(itself.folder(), told, Hint::at);
      case Mark.Below<K> below -> {
        EntryName name = below.name();
        tell(
            below.folder(),
            told,
            at -> new Hint.Subtree(name == null ? at : at.child(name), below.why()));
      }
      case Mark.Moved<K> moved -> {
        tellEnd(new Slot<>(moved.from(), moved.fromName()), moved.folder(), told);
        tellEnd(new Slot<>(moved.to(), moved.toName()), moved.folder(), told);
      }
      case Mark.Everything<K> everything -> told.add(new Hint.Everything(everything.why()));
      case Mark.RootGone<K> gone -> told.add(new Hint.RootGone(gone.why()));
    }
  }

  /** Tells one end of a move as a place where other things may be than before. */
  void tellEnd(Slot<K> end, boolean ofFolder, Set<Hint> told) {
    tell(
        end.folder(),
        told,
        at ->
            ofFolder
                ? new Hint.Subtree(at.child(end.name()), "a folder was moved here or away")
                : new Hint.Entry(at, end.name()));
  }

  private void tell(K folder, Set<Hint> told, Function<TreePath, Hint> hint) {
    switch (places.locate(folder)) {
      case Location.Inside inside -> addVisible(hint.apply(inside.path()), told);
      case Location.TooDeep deep ->
          told.add(new Hint.Subtree(deep.nearest(), "the path is too long to be told"));
      case Location.Unknown unknown -> told.add(new Hint.Everything(unknown.why()));
      case Location.Outside _, Location.Gone _ -> {}
    }
  }

  private void addVisible(Hint hint, Set<Hint> told) {
    boolean seen =
        switch (hint) {
          case Hint.Entry entry -> visible.test(entry.folder().child(entry.name()));
          case Hint.Subtree subtree -> visible.test(subtree.folder());
          default -> true;
        };
    if (seen) {
      told.add(hint);
    }
  }

  private static Hint entry(TreePath folder, EntryName name) {
    return new Hint.Entry(folder, name);
  }
}
