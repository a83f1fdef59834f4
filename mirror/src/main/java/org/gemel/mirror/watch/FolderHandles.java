package org.gemel.mirror.watch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.FileHandle;
import org.gemel.mirror.system.Folder;
import org.gemel.mirror.system.SystemCallException;
import org.gemel.mirror.system.TreePath;
import org.gemel.mirror.system.Whereabouts;

/**
 * Where folders are by their handles, asked of the kernel and remembered in bounded memory. All is
 * forgotten when a folder moved that is not known to stay outside, or when the root itself has
 * another path: any remembered path may then be wrong.
 */
final class FolderHandles implements Places<FileHandle> {
  private static final int REMEMBERED = 16 * 1024;
  private static final int DEEPEST = 256;

  /** A folder that was removed, by the name it had last. */
  private record LastName(FileHandle parent, EntryName name) {}

  private final Folder root;
  private final List<Folder> ignored;
  private final Map<FileHandle, Location> known = lastUsed();
  private final Map<FileHandle, LastName> removed = lastUsed();
  private String rootPath = "";
  private List<String> ignoredPaths = List.of();

  FolderHandles(Folder root, List<Folder> ignored) {
    this.root = root;
    this.ignored = ignored;
  }

  private static <V> Map<FileHandle, V> lastUsed() {
    return new LinkedHashMap<>(64, 0.75f, true) {
      @Override
      protected boolean removeEldestEntry(Map.Entry<FileHandle, V> eldest) {
        return size() > REMEMBERED;
      }
    };
  }

  /** Looks where the trees themselves are; before the events of an await() are told. */
  void refresh() throws SystemCallException {
    String now = pathOf(root);
    List<String> ignoredNow = new ArrayList<>();
    for (Folder each : ignored) {
      ignoredNow.add(pathOf(each));
    }
    if (!now.equals(rootPath) || !ignoredNow.equals(ignoredPaths)) {
      known.clear();
    }
    rootPath = now;
    ignoredPaths = ignoredNow;
  }

  private static String pathOf(Folder folder) throws SystemCallException {
    return switch (Whereabouts.of(folder)) {
      case Whereabouts.At at -> at.path();
      // No path is equal to nothing: all is outside of a tree that has no place.
      case Whereabouts.Below _, Whereabouts.Gone _, Whereabouts.Nowhere _ -> "";
    };
  }

  void forget() {
    known.clear();
  }

  /** Whether a folder is outside, as far as can be told without asking. */
  boolean isKnownOutside(FileHandle folder) {
    return known.get(folder) instanceof Location.Outside;
  }

  /** A file's place changes without a folder's; it is asked for each time. */
  void forget(FileHandle file) {
    known.remove(file);
  }

  /** A folder was removed: what moved out of it before is told with the path it had. */
  void removed(FileHandle folder, FileHandle parent, EntryName name) {
    removed.put(folder, new LastName(parent, name));
    known.remove(folder);
  }

  @Override
  public Location locate(FileHandle folder) {
    Location location = known.get(folder);
    if (location == null) {
      location = ask(folder);
      if (!(location instanceof Location.Unknown)) {
        known.put(folder, location);
      }
    }
    return location;
  }

  private Location ask(FileHandle folder) {
    try {
      return switch (Whereabouts.of(root, folder)) {
        case Whereabouts.At at -> at(at.path());
        case Whereabouts.Below below ->
            at(below.path()) instanceof Location.Inside inside
                ? new Location.TooDeep(inside.path())
                : Location.OUTSIDE;
        case Whereabouts.Gone _ -> Location.GONE;
        case Whereabouts.Nowhere _ ->
            new Location.Unknown("the changed file's folder is not known");
      };
    } catch (SystemCallException e) {
      return new Location.Unknown("could not find where something changed: " + e.getMessage());
    }
  }

  private Location at(String path) {
    for (String each : ignoredPaths) {
      if (!each.isEmpty() && Paths.below(each, path).isPresent()) {
        return Location.OUTSIDE;
      }
    }
    Optional<TreePath> below = rootPath.isEmpty() ? Optional.empty() : Paths.below(rootPath, path);
    return below.<Location>map(Location.Inside::new).orElse(Location.OUTSIDE);
  }

  @Override
  public Optional<TreePath> lastPath(FileHandle gone) {
    Deque<EntryName> below = new ArrayDeque<>();
    FileHandle at = gone;
    while (below.size() < DEEPEST) {
      LastName last = removed.get(at);
      if (last == null) {
        return Optional.empty();
      }
      below.addFirst(last.name());
      at = last.parent();
      if (locate(at) instanceof Location.Inside inside) {
        TreePath path = inside.path();
        for (EntryName name : below) {
          path = path.child(name);
        }
        return Optional.of(path);
      }
    }
    return Optional.empty();
  }
}
