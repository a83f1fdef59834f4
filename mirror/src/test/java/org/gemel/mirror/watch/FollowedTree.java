package org.gemel.mirror.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.Errno;
import org.gemel.mirror.system.FileHandle;
import org.gemel.mirror.system.FileStatus;
import org.gemel.mirror.system.FileType;
import org.gemel.mirror.system.Folder;
import org.gemel.mirror.system.SystemCallException;
import org.gemel.mirror.system.TreePath;

/**
 * A picture of a tree that is changed by hints only: what an engine that trusts the feed makes of
 * it. Renames are followed where the inode's identity proves them, as an engine would; everything
 * else is read again from the tree.
 */
final class FollowedTree {
  private final Folder root;
  private final NavigableMap<String, State> known = new TreeMap<>();

  /** The inodes of names that were told of. */
  private final Set<String> told = new HashSet<>();

  /** How often a rename carried a place along without reading what is below it. */
  private int carried;

  private record State(FileType type, int permissions, String identity, String content) {
    /**
     * Inode numbers are given again at once; a folder's handle is not, and only folders carry
     * along.
     */
    static State of(Folder parent, EntryName name) throws SystemCallException {
      FileStatus status = parent.status(name);
      String identity = status.identity().toString();
      if (status.type() == FileType.FOLDER) {
        try (Folder folder = parent.open(name)) {
          identity = FileHandle.of(folder).toString();
          status = folder.status();
        }
      }
      String content =
          status.type() == FileType.FOLDER ? "" : status.size() + " " + status.modified();
      return new State(status.type(), status.permissions(), identity, content);
    }
  }

  FollowedTree(Folder root) {
    this.root = root;
    readAll(TreePath.ROOT, known);
  }

  int carried() {
    return carried;
  }

  void follow(List<Hint> hints) {
    followRenames(
        hints.stream()
            .filter(Hint.Renamed.class::isInstance)
            .map(Hint.Renamed.class::cast)
            .toList());
    for (Hint each : hints) {
      switch (each) {
        case Hint.Entry entry -> look(entry.folder().child(entry.name()));
        case Hint.Renamed _, Hint.RootItself _ -> {}
        case Hint.Subtree subtree -> readAgain(subtree.folder());
        case Hint.Everything _ -> readAgain(TreePath.ROOT);
        case Hint.RootGone gone -> throw new AssertionError(gone);
      }
    }
    lookAtOtherNames();
  }

  /** A file with several names is told by one of them, which may be gone by now. */
  private void lookAtOtherNames() {
    for (String each : List.copyOf(known.keySet())) {
      State state = known.get(each);
      if (state.type() != FileType.FOLDER && told.contains(state.identity())) {
        status(Watched.path(each))
            .ifPresentOrElse(now -> known.put(each, now), () -> known.remove(each));
      }
    }
    told.clear();
  }

  private void followRenames(List<Hint.Renamed> renames) {
    List<Hint.Renamed> proven = renames.stream().filter(this::isProven).toList();
    RenamePlan plan = RenamePlan.of(proven);
    Map<Integer, NavigableMap<String, State>> aside = new HashMap<>();
    for (RenamePlan.Step step : plan.steps()) {
      switch (step) {
        case RenamePlan.Step.Move move -> put(take(move.from()), move.to());
        case RenamePlan.Step.TakeAside take -> aside.put(take.number(), take(take.from()));
        case RenamePlan.Step.Put put -> put(aside.remove(put.number()), put.to());
      }
    }
    proven.forEach(each -> look(each.to()));
    carried += proven.size();
    for (Hint.Renamed each : renames) {
      if (!proven.contains(each)) {
        readAgain(plan.after(each.from()));
        readAgain(each.to());
      }
    }
  }

  private boolean isProven(Hint.Renamed renamed) {
    State before = known.get(key(renamed.from()));
    Optional<State> now = status(renamed.to());
    return before != null && now.isPresent() && now.get().identity().equals(before.identity());
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

  void proveEqual(String description) {
    NavigableMap<String, State> truth = new TreeMap<>();
    readAll(TreePath.ROOT, truth);
    Map<String, State> missed = new HashMap<>(truth);
    missed.entrySet().removeAll(known.entrySet());
    Map<String, State> stale = new HashMap<>(known);
    stale.entrySet().removeAll(truth.entrySet());
    assertThat(missed.keySet()).as(description + ": in the tree and never told").isEmpty();
    assertThat(stale.keySet()).as(description + ": told no more of, though changed").isEmpty();
  }

  private void look(TreePath path) {
    Optional<State> now = status(path);
    State before = known.get(key(path));
    Stream.of(Optional.ofNullable(before), now)
        .flatMap(Optional::stream)
        .forEach(state -> told.add(state.identity()));
    boolean sameFolder =
        now.isPresent()
            && before != null
            && now.get().type() == FileType.FOLDER
            && before.type() == FileType.FOLDER;
    if (sameFolder) {
      known.put(key(path), now.get());
    } else {
      readAgain(path);
    }
  }

  private List<String> below(String key) {
    List<String> keys = new ArrayList<>(known.subMap(key + "/", true, key + "0", false).keySet());
    if (known.containsKey(key)) {
      keys.add(key);
    }
    return keys;
  }

  private void readAgain(TreePath path) {
    if (path.isRoot()) {
      known.clear();
      readAll(path, known);
      return;
    }
    below(key(path)).forEach(each -> told.add(known.remove(each).identity()));
    status(path)
        .ifPresent(
            state -> {
              known.put(key(path), state);
              if (state.type() == FileType.FOLDER) {
                readAll(path, known);
              }
            });
  }

  private void readAll(TreePath path, NavigableMap<String, State> into) {
    try (Folder folder = root.descend(path)) {
      for (EntryName name : folder.names()) {
        TreePath child = path.child(name);
        Optional<State> state = Watched.isFence(name) ? Optional.empty() : status(child);
        state.ifPresent(
            found -> {
              into.put(key(child), found);
              if (found.type() == FileType.FOLDER) {
                readAll(child, into);
              }
            });
      }
    } catch (SystemCallException e) {
      requireAbsence(e);
    }
  }

  private Optional<State> status(TreePath path) {
    try (Folder folder = root.descend(path.parent())) {
      return Optional.of(State.of(folder, path.names().getLast()));
    } catch (SystemCallException e) {
      requireAbsence(e);
      return Optional.empty();
    }
  }

  private static void requireAbsence(SystemCallException e) {
    if (e.errno() != Errno.ENOENT && e.errno() != Errno.ENOTDIR && e.errno() != Errno.ELOOP) {
      throw new AssertionError(e);
    }
  }

  private static String key(TreePath path) {
    return path.toString();
  }
}
