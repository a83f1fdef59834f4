package org.gemel.mirror.watch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gemel.mirror.system.TreePath;

/**
 * Turns the marks of one await() into hints. Renames come first; whatever else there is to look at
 * comes after, with the paths of now. So a rename always carries what is known of a folder along,
 * and no look goes to a place that a rename empties.
 *
 * <p>One gap is left: a folder may be renamed after it was told about and before somebody looked.
 * That rename is then in one of the next two awaits (two, because the kernel queues an event a
 * moment after the deed); they tell again what lies in a folder whose path has changed.
 */
final class Telling<K> {
  private static final int REMEMBERED = 2;

  private final Places<K> places;
  private final Looks<K> looks;
  private final Visible visible;
  private final Deque<Map<Mark<K>, List<TreePath>>> told = new ArrayDeque<>();

  Telling(Places<K> places, Visible visible) {
    this.places = places;
    this.looks = new Looks<>(places, visible);
    this.visible = visible;
  }

  List<Hint> tell(Batch<K> batch) {
    if (batch.isEmpty()) {
      return List.of();
    }
    Renames<K> renames = new Renames<>(places, visible, looks);
    Set<Hint> toLook = new LinkedHashSet<>();
    renames.tell(batch.moves(), toLook);
    batch.looks().forEach(each -> looks.tell(each, toLook));
    Map<Mark<K>, List<TreePath>> marks = new LinkedHashMap<>();
    if (batch.movesFolders()) {
      told.forEach(earlier -> tellAgain(earlier, renames, toLook, marks));
    }
    batch.moves().forEach(each -> marks.put(each, paths(each)));
    batch.looks().forEach(each -> marks.put(each, paths(each)));
    remember(marks);
    List<Hint> hints = new ArrayList<>(renames.told());
    hints.addAll(toLook);
    return hints;
  }

  private void tellAgain(
      Map<Mark<K>, List<TreePath>> earlier,
      Renames<K> renames,
      Set<Hint> toLook,
      Map<Mark<K>, List<TreePath>> marks) {
    earlier.forEach(
        (mark, then) -> {
          List<TreePath> now = paths(mark);
          if (!now.isEmpty() && !now.equals(then)) {
            marks.put(mark, now);
            if (mark instanceof Mark.Moved<K> move) {
              renames.tellAgain(move, toLook);
            } else {
              looks.tell(mark, toLook);
            }
          }
        });
  }

  private void remember(Map<Mark<K>, List<TreePath>> marks) {
    told.addLast(marks);
    if (told.size() > REMEMBERED) {
      told.removeFirst();
    }
  }

  /** Where the folders of a mark are, of those that are in the tree. */
  private List<TreePath> paths(Mark<K> mark) {
    List<TreePath> paths = new ArrayList<>();
    for (K folder : mark.folders()) {
      if (places.locate(folder) instanceof Location.Inside inside) {
        paths.add(inside.path());
      }
    }
    return paths;
  }
}
