package org.gemel.mirror.watch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.Folder;
import org.gemel.mirror.system.SystemCallException;
import org.gemel.mirror.system.TreePath;
import org.jspecify.annotations.Nullable;

/**
 * The watched folders of a tree and where each is. Events are old when they are read, so none is
 * believed about which folder has a name: the name is opened, and the number of the watch says
 * which folder that is. The last event about a name is read after the last change of it, so in the
 * end every folder is where it is.
 *
 * <p>A watch is always set before the folder is listed: what is made in between is told by one of
 * the two.
 */
final class WatchTree implements Places<WatchedFolder> {
  private final WatchPlanter planter;
  private final WatchedFolder root;
  private final Map<Integer, WatchedFolder> byWatch = new HashMap<>();
  private final Set<Spot> unsure = new LinkedHashSet<>();
  private Set<Spot> unsureBefore = Set.of();
  private final Set<WatchedFolder> displaced = new HashSet<>();

  /** A name of a folder that could not be looked at, because the folder was not where it seemed. */
  private record Spot(WatchedFolder parent, EntryName name) {}

  private WatchTree(WatchPlanter planter, WatchedFolder root) {
    this.planter = planter;
    this.root = root;
    byWatch.put(root.watch(), root);
  }

  /** Watches a whole tree. */
  static WatchTree grow(WatchPlanter planter) throws SystemCallException {
    WatchTree tree = new WatchTree(planter, planter.root());
    tree.growBelow(tree.root, new ArrayList<>());
    return tree;
  }

  @Nullable WatchedFolder byWatch(int watch) {
    return byWatch.get(watch);
  }

  boolean isRoot(WatchedFolder folder) {
    return folder == root;
  }

  /**
   * Looks which folder has a name, if any, and watches it and all below it from now on.
   *
   * @return the folders that were not watched until now, the uppermost of each tree of them: what
   *     was done in them before is told by nobody
   */
  List<WatchedFolder> look(WatchedFolder parent, EntryName name) {
    List<WatchedFolder> found = new ArrayList<>();
    try (Folder folder = open(parent)) {
      if (folder == null) {
        unsure.add(new Spot(parent, name));
      } else {
        plant(folder, parent, name, found);
      }
    } catch (SystemCallException e) {
      planter.refused(e);
    }
    for (WatchedFolder each : List.copyOf(found)) {
      growBelow(each, new ArrayList<>());
    }
    return found;
  }

  /** The folder at the place it is thought to be; null if it is not there. */
  private @Nullable Folder open(WatchedFolder wanted) throws SystemCallException {
    Optional<TreePath> path = wanted.path();
    return path.isPresent() ? planter.open(path.get(), wanted.identity()) : null;
  }

  private void plant(
      Folder folder, WatchedFolder parent, EntryName name, List<WatchedFolder> found) {
    WatchedFolder there = planter.watch(folder, name, byWatch);
    if (there == null || there.isAt(parent, name)) {
      return;
    }
    if (there.isAtOrAbove(parent)) {
      unsure.add(new Spot(parent, name));
      return;
    }
    boolean unseen = byWatch.putIfAbsent(there.watch(), there) == null || there.isLost();
    attach(there, parent, name);
    if (unseen) {
      found.add(there);
    }
  }

  /** A folder moved, as an event says. */
  void moved(WatchedFolder from, EntryName fromName, WatchedFolder to, EntryName toName) {
    WatchedFolder moved = from.child(fromName);
    if (moved != null && !moved.isAtOrAbove(to)) {
      attach(moved, to, toName);
    }
  }

  private void attach(WatchedFolder folder, WatchedFolder parent, EntryName name) {
    WatchedFolder before = folder.attach(parent, name);
    displaced.remove(folder);
    if (before != null) {
      displaced.add(before);
    }
  }

  private void growBelow(WatchedFolder start, List<WatchedFolder> found) {
    Deque<WatchedFolder> toList = new ArrayDeque<>(List.of(start));
    while (!toList.isEmpty() && !planter.isFull()) {
      WatchedFolder parent = toList.removeFirst();
      List<WatchedFolder> fresh = new ArrayList<>();
      try (Folder folder = open(parent)) {
        if (folder != null) {
          for (EntryName name : planter.subfolders(folder)) {
            plant(folder, parent, name, fresh);
          }
        }
      } catch (SystemCallException e) {
        planter.refused(e);
      }
      found.addAll(fresh);
      toList.addAll(fresh);
    }
  }

  /** Events were lost: finds all folders anew. Those that were not known are returned. */
  List<WatchedFolder> findAll() {
    List<WatchedFolder> found = new ArrayList<>();
    Set<WatchedFolder> seen = new HashSet<>();
    Deque<WatchedFolder> toList = new ArrayDeque<>(List.of(root));
    while (!toList.isEmpty()) {
      WatchedFolder parent = toList.removeFirst();
      seen.add(parent);
      try (Folder folder = open(parent)) {
        if (folder != null) {
          for (EntryName name : planter.subfolders(folder)) {
            plant(folder, parent, name, found);
            WatchedFolder there = parent.child(name);
            if (there != null) {
              toList.add(there);
            }
          }
        }
      } catch (SystemCallException e) {
        planter.refused(e);
      }
    }
    unsure.clear();
    List.copyOf(byWatch.values()).stream().filter(each -> !seen.contains(each)).forEach(this::end);
    return found;
  }

  /** A folder left the tree: it and all below it are not watched any more. */
  void left(WatchedFolder folder) {
    Deque<WatchedFolder> below = new ArrayDeque<>(List.of(folder));
    folder.detach();
    while (!below.isEmpty()) {
      WatchedFolder each = below.removeFirst();
      each.children().forEach(below::add);
      end(each);
    }
  }

  private void end(WatchedFolder folder) {
    planter.unwatch(folder);
    ended(folder);
  }

  /** A watch has ended. */
  void ended(WatchedFolder folder) {
    folder.detach();
    byWatch.remove(folder.watch());
    displaced.remove(folder);
  }

  /**
   * All events that have come are read. Looks once more where it could not; what stays unclear for
   * two readings makes all be found anew.
   *
   * @return the folders that were not watched until now
   */
  List<WatchedFolder> settle() {
    List<WatchedFolder> found = new ArrayList<>();
    List<Spot> again = List.copyOf(unsure);
    unsure.clear();
    for (Spot each : again) {
      if (byWatch.get(each.parent().watch()) == each.parent()) {
        found.addAll(look(each.parent(), each.name()));
      }
    }
    boolean unclear =
        unsure.stream().anyMatch(unsureBefore::contains)
            || displaced.stream().anyMatch(WatchedFolder::isLost);
    displaced.forEach(WatchedFolder::lose);
    unsureBefore = Set.copyOf(unsure);
    if (unclear) {
      found.addAll(findAll());
    }
    return found;
  }

  @Override
  public Location locate(WatchedFolder folder) {
    return folder.path().<Location>map(Location.Inside::new).orElse(Location.GONE);
  }

  @Override
  public Optional<TreePath> lastPath(WatchedFolder gone) {
    return Optional.of(gone.lastPath());
  }
}
