package org.gemel.mirror.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.Errno;
import org.gemel.mirror.system.FileHandle;
import org.gemel.mirror.system.FileStatus;
import org.gemel.mirror.system.FileType;
import org.gemel.mirror.system.Folder;
import org.gemel.mirror.system.SystemCallException;
import org.gemel.mirror.system.TreePath;

/**
 * A picture of a tree that is changed by hints only, by the rules of {@link ChangeFeed}: what an
 * engine that trusts the feed makes of it.
 */
final class FollowedTree {
  /** Of a folder that was not read to its end: proves nothing. */
  private static final String UNSURE = "not read to its end";

  private final Folder root;
  private final NavigableMap<String, State> known = new TreeMap<>();

  /** How often a rename carried a place along without reading what is below it. */
  private int carried;

  private record State(FileType type, int permissions, String identity, String content) {
    State unsure() {
      return new State(type, permissions, UNSURE, content);
    }
  }

  FollowedTree(Folder root) throws SystemCallException {
    this.root = root;
    readBelow(root, TreePath.ROOT);
  }

  int carried() {
    return carried;
  }

  void follow(List<Hint> hints) {
    try {
      followRenames(
          hints.stream()
              .filter(Hint.Renamed.class::isInstance)
              .map(Hint.Renamed.class::cast)
              .toList());
      for (Hint each : hints) {
        switch (each) {
          case Hint.Entry entry -> look(entry.folder().child(entry.name()), false);
          case Hint.Subtree subtree -> look(subtree.folder(), true);
          case Hint.Everything _ -> look(TreePath.ROOT, true);
          case Hint.Renamed _, Hint.RootItself _ -> {}
          case Hint.RootGone gone -> throw new AssertionError(gone);
        }
      }
    } catch (SystemCallException e) {
      throw new AssertionError(e);
    }
  }

  void proveEqual(String description) throws SystemCallException {
    Map<String, State> truth = new FollowedTree(root).known;
    Map<String, State> missed = new HashMap<>(truth);
    missed.entrySet().removeAll(known.entrySet());
    Map<String, State> stale = new HashMap<>(known);
    stale.entrySet().removeAll(truth.entrySet());
    assertThat(missed).as(description + ": in the tree and never told").isEmpty();
    assertThat(stale).as(description + ": changed and never told").isEmpty();
  }

  private void followRenames(List<Hint.Renamed> told) throws SystemCallException {
    List<Hint.Renamed> proven = new ArrayList<>();
    List<Hint.Renamed> others = new ArrayList<>();
    for (Hint.Renamed each : told) {
      (isProven(each) ? proven : others).add(each);
    }
    RenamePlan plan = RenamePlan.of(proven);
    Map<Integer, NavigableMap<String, State>> aside = new HashMap<>();
    for (RenamePlan.Step step : plan.steps()) {
      switch (step) {
        case RenamePlan.Step.Move move -> put(take(move.from()), move.to());
        case RenamePlan.Step.TakeAside take -> aside.put(take.number(), take(take.from()));
        case RenamePlan.Step.Put put -> put(aside.remove(put.number()), put.to());
      }
    }
    for (Hint.Renamed each : proven) {
      look(each.to(), false);
    }
    carried += proven.size();
    for (Hint.Renamed each : others) {
      look(plan.after(each.from()), true);
      look(each.to(), true);
    }
  }

  /** Proven by what is there now, unless that is known to be there already. */
  private boolean isProven(Hint.Renamed renamed) throws SystemCallException {
    State before = known.get(key(renamed.from()));
    State there = known.get(key(renamed.to()));
    Optional<State> now = status(renamed.to());
    return before != null
        && now.isPresent()
        && now.get().identity().equals(before.identity())
        && (there == null || !there.identity().equals(before.identity()));
  }

  private Optional<State> status(TreePath path) throws SystemCallException {
    try (Folder folder = root.descend(path.parent())) {
      return status(folder, path.names().getLast());
    } catch (SystemCallException e) {
      requireAbsence(e);
      return Optional.empty();
    }
  }

  /** Takes out a place and all below it, keyed by the way from there. */
  private NavigableMap<String, State> take(TreePath from) {
    NavigableMap<String, State> taken = new TreeMap<>();
    String start = key(from);
    below(start).forEach(each -> taken.put(each.substring(start.length()), known.remove(each)));
    return taken;
  }

  private void put(NavigableMap<String, State> taken, TreePath to) {
    below(key(to)).forEach(known::remove);
    taken.forEach((below, state) -> known.put(key(to) + below, state));
  }

  private List<String> below(String key) {
    List<String> keys = new ArrayList<>(known.subMap(key + "/", true, key + "0", false).keySet());
    if (known.containsKey(key)) {
      keys.add(key);
    }
    return keys;
  }

  /**
   * Looks at a place. On the way there, a folder that is not the one that is known is read as a
   * whole; a folder that is gone ends it, for what became of it is told.
   */
  private void look(TreePath path, boolean below) throws SystemCallException {
    Folder at = root.descend(TreePath.ROOT);
    TreePath reached = TreePath.ROOT;
    try {
      if (path.isRoot()) {
        known.clear();
        readBelow(at, reached);
        return;
      }
      List<EntryName> names = path.names();
      for (EntryName name : names.subList(0, names.size() - 1)) {
        reached = reached.child(name);
        State before = known.get(key(reached));
        Optional<State> now = status(at, name);
        if (now.isPresent()
            && (before == null || !before.identity().equals(now.get().identity()))) {
          observe(at, reached, true);
          return;
        }
        Folder next = at.open(name);
        at.close();
        at = next;
      }
      observe(at, path, below);
    } catch (SystemCallException e) {
      requireAbsence(e);
    } finally {
      at.close();
    }
  }

  private void observe(Folder parent, TreePath path, boolean below) throws SystemCallException {
    EntryName name = path.names().getLast();
    State before = known.get(key(path));
    State now = status(parent, name).orElse(null);
    boolean sameFolder =
        now != null && before != null && now.identity().equals(before.identity()) && !below;
    if (!sameFolder) {
      below(key(path)).forEach(known::remove);
    }
    if (now == null) {
      return;
    }
    known.put(key(path), now);
    if (now.type() == FileType.FOLDER && !sameFolder) {
      try (Folder folder = parent.open(name)) {
        boolean theSame = FileHandle.of(folder).toString().equals(now.identity());
        if (theSame) {
          readBelow(folder, path);
        } else {
          known.put(key(path), now.unsure());
        }
      } catch (SystemCallException e) {
        requireAbsence(e);
        known.put(key(path), now.unsure());
      }
    }
  }

  private void readBelow(Folder folder, TreePath path) throws SystemCallException {
    for (EntryName name : folder.names()) {
      if (!Watched.isFence(name)) {
        observe(folder, path.child(name), true);
      }
    }
  }

  /**
   * Inode numbers are given again at once; a folder's handle is not, and only folders carry along.
   */
  private static Optional<State> status(Folder parent, EntryName name) throws SystemCallException {
    try {
      FileStatus status = parent.status(name);
      if (status.type() == FileType.FOLDER) {
        try (Folder folder = parent.open(name)) {
          String identity = FileHandle.of(folder).toString();
          return Optional.of(
              new State(FileType.FOLDER, folder.status().permissions(), identity, ""));
        }
      }
      String content = status.size() + " " + status.modified();
      String identity = status.identity().toString();
      return Optional.of(new State(status.type(), status.permissions(), identity, content));
    } catch (SystemCallException e) {
      requireAbsence(e);
      return Optional.empty();
    }
  }

  private static void requireAbsence(SystemCallException e) throws SystemCallException {
    if (e.errno() != Errno.ENOENT && e.errno() != Errno.ENOTDIR && e.errno() != Errno.ELOOP) {
      throw e;
    }
  }

  private static String key(TreePath path) {
    return path.toString();
  }
}
