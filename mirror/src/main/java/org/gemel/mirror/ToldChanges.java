package org.gemel.mirror;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.Errno;
import org.gemel.mirror.system.Folder;
import org.gemel.mirror.system.TreePath;
import org.gemel.mirror.watch.Hint;

/**
 * The places of a tree where something is said to have changed. They are looked at in the way a
 * pass looks at everything; what was said is only where.
 *
 * @param held how much the target holds about, for the guard on deletes and overwrites
 * @param linked called if a file with several names was met that is not settled: only a look at
 *     everything finds the others
 * @param fresh what is done with files that were changed this moment
 */
record ToldChanges(List<Hint> hints, Extent held, Runnable linked, FreshFiles fresh) {
  /** Renames first what was renamed, then looks at the rest. */
  void mirror(TreeWalk walk, Scanner scanner, SourceFolder source, Folder target, PassLog log) {
    Map<TreePath, Set<EntryName>> entries = new HashMap<>();
    Set<TreePath> subtrees = new TreeSet<>();
    List<Hint.Renamed> renames = new ArrayList<>();
    for (Hint hint : hints) {
      switch (hint) {
        case Hint.Entry entry -> look(entries, entry.folder(), entry.name());
        case Hint.Renamed renamed -> renames.add(renamed);
        case Hint.Subtree subtree -> subtrees.add(subtree.folder());
        case Hint.RootItself _ -> entries.computeIfAbsent(TreePath.ROOT, _ -> new HashSet<>());
        case Hint.Everything _, Hint.RootGone _ -> subtrees.add(TreePath.ROOT);
      }
    }
    new ToldRenames(scanner, source, target, log)
        .follow(
            renames, path -> look(entries, path.parent(), path.names().getLast()), subtrees::add);
    walk(walk, source, target, entries, Set.of(), log);
    walk(walk, source, target, new HashMap<>(), subtrees, log);
  }

  private static void look(Map<TreePath, Set<EntryName>> entries, TreePath folder, EntryName name) {
    entries.computeIfAbsent(folder, _ -> new HashSet<>()).add(name);
  }

  private static void walk(
      TreeWalk walk,
      SourceFolder source,
      Folder target,
      Map<TreePath, Set<EntryName>> entries,
      Set<TreePath> subtrees,
      PassLog log) {
    try (Openings openings = new Openings(source, target, log)) {
      List<TreeWalk.Start> starts = new ArrayList<>();
      TreePath above = null;
      for (TreePath each : subtrees) {
        // Sorted: what lies below another comes after it, and is looked at with it.
        if (above == null || !each.isAtOrBelow(above)) {
          above = each;
          openings.open(each, entries).ifPresent(place -> starts.add(place.start(null)));
        }
      }
      TreeSet<TreePath> left = new TreeSet<>(entries.keySet());
      while (!left.isEmpty()) {
        // From below: a folder that is not there is looked at in the one it should be in.
        TreePath each = left.pollLast();
        Optional<Openings.Pair> place = openings.open(each, entries);
        if (place.isPresent()) {
          starts.add(place.get().start(entries.get(each)));
        } else if (!each.isRoot()) {
          left.add(each.parent());
        }
      }
      if (!starts.isEmpty()) {
        walk.run(starts);
      }
    }
  }

  /** Folders that a walk begins at, closed when it has ended. */
  private static final class Openings implements AutoCloseable {
    record Pair(SourceFolder source, Place place) {
      TreeWalk.Start start(@org.jspecify.annotations.Nullable Set<EntryName> names) {
        return new TreeWalk.Start(source, place, Optional.ofNullable(names));
      }
    }

    private final SourceFolder source;
    private final Folder target;
    private final PassLog log;
    private final List<Pair> open = new ArrayList<>();

    Openings(SourceFolder source, Folder target, PassLog log) {
      this.source = source;
      this.target = target;
      this.log = log;
    }

    /**
     * Opens both sides' folders.
     *
     * @param entries gets the folder's own name, to be looked at in its parent, if one is not there
     */
    Optional<Pair> open(TreePath path, Map<TreePath, Set<EntryName>> entries) {
      try {
        SourceFolder from = source.descend(path);
        try {
          Folder to = target.descend(path);
          Pair pair = new Pair(from, new Place(path, to, to.status()));
          open.add(pair);
          return Optional.of(pair);
        } catch (IOException e) {
          from.close();
          throw e;
        }
      } catch (IOException e) {
        if (Errno.isMissing(e) && !path.isRoot()) {
          look(entries, path.parent(), path.names().getLast());
        } else {
          log.failed(path, e);
        }
        return Optional.empty();
      }
    }

    @Override
    public void close() {
      for (Pair each : open) {
        each.source().close();
        each.place().close();
      }
    }
  }
}
