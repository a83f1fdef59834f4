package org.gemel.mirror.proof;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A tree at one moment, read with {@code java.nio.file} alone.
 *
 * @param entries by their paths below the root, which itself is the empty path
 * @param linked for each name of a file with several in the tree, the first of them
 * @param changed when each inode was last changed in any way, which nobody can set
 */
record Snapshot(Map<Path, Seen> entries, Map<Path, Path> linked, Map<Path, Object> changed) {
  static final Path ROOT = Path.of("");

  /** Everything but what Gemel keeps for itself at the top. */
  static Snapshot of(Path root) throws IOException {
    Snapshot snapshot = new Snapshot(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
    Map<Object, List<Path>> names = new HashMap<>();
    snapshot.add(root, root, names);
    for (List<Path> each : names.values()) {
      if (each.size() > 1) {
        Path first = each.stream().sorted().findFirst().orElseThrow();
        each.forEach(name -> snapshot.linked.put(name, first));
      }
    }
    return snapshot;
  }

  private void add(Path root, Path path, Map<Object, List<Path>> names) throws IOException {
    Map<String, Object> unix = Files.readAttributes(path, "unix:*", LinkOption.NOFOLLOW_LINKS);
    Path below = path.equals(root) ? ROOT : root.relativize(path);
    Seen seen = Seen.at(path, unix);
    entries.put(below, seen);
    changed.put(below, unix.get("ctime"));
    if (seen.isFolder()) {
      try (DirectoryStream<Path> children = Files.newDirectoryStream(path)) {
        for (Path child : children) {
          add(root, child, names);
        }
      }
    } else if (seen.isMirrored()) {
      names.computeIfAbsent(unix.get("fileKey"), _ -> new ArrayList<>()).add(below);
    }
  }

  /** Names of unfinished things of a mirror. */
  List<Path> temporaries() {
    return entries.keySet().stream().filter(Snapshot::isGemels).toList();
  }

  static boolean isGemels(Path path) {
    for (Path name : path) {
      if (name.toString().startsWith(".gemel-")) {
        return true;
      }
    }
    return false;
  }

  /** What a mirror of this tree would have to hold. */
  Snapshot mirrored() {
    Map<Path, Seen> kept = new TreeMap<>(entries);
    kept.entrySet().removeIf(each -> isGemels(each.getKey()) || !each.getValue().isMirrored());
    Map<Path, Path> links = new TreeMap<>(linked);
    links.keySet().retainAll(kept.keySet());
    return new Snapshot(kept, links, Map.of());
  }

  /** Where another tree differs, each path with both sides. Empty: they are alike. */
  Map<Path, String> differences(Snapshot other) {
    Map<Path, String> differences = new TreeMap<>();
    List<Path> all = new ArrayList<>(entries.keySet());
    all.addAll(other.entries.keySet());
    for (Path path : all) {
      Seen one = entries.get(path);
      Seen two = other.entries.get(path);
      if (one == null || !one.equals(two)) {
        differences.put(path, one + " <> " + two);
      } else if (!java.util.Objects.equals(linked.get(path), other.linked.get(path))) {
        differences.put(path, "is one with " + linked.get(path) + " <> " + other.linked.get(path));
      }
    }
    return differences;
  }
}
