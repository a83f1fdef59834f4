package org.gemel.mirror;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.gemel.mirror.system.ContentReader;
import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.Errno;
import org.gemel.mirror.system.FileIdentity;
import org.gemel.mirror.system.Folder;
import org.gemel.mirror.system.OpenFile;
import org.gemel.mirror.system.SystemCallException;
import org.jspecify.annotations.Nullable;

/** Reads the volumes' marker files and refuses volumes that are not the ones meant. */
final class MarkerCheck {
  private static final int LONGEST = 4096;

  private MarkerCheck() {}

  /** Reads the marker of a target; empty if there is none. */
  interface TargetMarker {
    Optional<String> read() throws IOException;
  }

  static void check(Marker marker, SourceTree source, @Nullable Folder target)
      throws RefusedException, IOException {
    check(
        marker,
        source,
        target == null
            ? null
            : () -> find(target, EntryName.of(marker.fileName()), marker.target().isPresent()));
  }

  /**
   * The same for a target anywhere.
   *
   * @param target null if it is not there yet
   */
  static void check(Marker marker, SourceTree source, @Nullable TargetMarker target)
      throws RefusedException, IOException {
    // Only a marker whose content is known may lie above: any other could be some other volume's.
    Optional<String> there = source.marker(marker.fileName(), marker.source().isPresent());
    String from = require(marker, "source", there, marker.source());
    if (target == null) {
      return;
    }
    String to = require(marker, "target", target.read(), marker.target());
    boolean unnamed = marker.source().isEmpty() && marker.target().isEmpty();
    if (unnamed && from.equals(to) && !from.isEmpty()) {
      throw RefusedException.because(
          "found the same marker '"
              + from
              + "' at source and target, wanted two volumes: one of them is mounted twice, or was copied with its"
              + " marker");
    }
  }

  /** Reads a marker at the top of a tree, or in a folder above it if it may lie there. */
  static Optional<String> find(Folder root, EntryName name, boolean above)
      throws SystemCallException {
    return above ? findUpwards(root, name) : read(root, name);
  }

  private static String require(
      Marker marker, String which, Optional<String> found, Optional<String> expected)
      throws RefusedException {
    EntryName name = EntryName.of(marker.fileName());
    if (found.isEmpty()) {
      throw RefusedException.because(
          "found no marker file "
              + name
              + " at the "
              + which
              + ", wanted it as the proof that its volume is there: mount the volume, or mark it if it is new");
    }
    if (expected.isPresent() && !expected.get().strip().equals(found.get())) {
      throw RefusedException.because(
          "found the volume '"
              + found.get()
              + "' at the "
              + which
              + ", wanted '"
              + expected.get().strip()
              + "': another volume is mounted there");
    }
    return found.get();
  }

  private static Optional<String> findUpwards(Folder root, EntryName name)
      throws SystemCallException {
    Optional<String> found = read(root, name);
    FileIdentity before = root.status().identity();
    Folder at = root.openParent();
    while (true) {
      try (Folder folder = at) {
        FileIdentity identity = folder.status().identity();
        if (found.isPresent() || identity.equals(before)) {
          return found;
        }
        found = read(folder, name);
        before = identity;
        at = folder.openParent();
      }
    }
  }

  private static Optional<String> read(Folder folder, EntryName name) throws SystemCallException {
    try (OpenFile file = folder.openFile(name)) {
      byte[] content = new byte[LONGEST];
      int length = new ContentReader(file).fill(content);
      return Optional.of(new String(content, 0, length, StandardCharsets.UTF_8).strip());
    } catch (SystemCallException e) {
      if (e.errno() == Errno.ENOENT) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
