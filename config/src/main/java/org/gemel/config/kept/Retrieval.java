package org.gemel.config.kept;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Setting up a machine from what was kept: first a list of what would become of each file, then the
 * doing.
 *
 * <p>All new content is on the disk beside its place before the first file gets its name, so a full
 * disk or a folder that cannot be written changes nothing. What stood in a place stays beside it.
 */
public final class Retrieval {
  /** What becomes of a file. */
  public enum Change {
    /** There already, the same. */
    SAME,
    CREATE,
    /** Another content stands there; it is kept beside. */
    REPLACE,
    /** Sealed, and no recovery key was given: left out. */
    SEALED
  }

  /**
   * A file of the machine.
   *
   * @param target where it is put
   */
  public record Item(KeptFile file, Path target, Change change) {}

  private final List<Item> items;

  private Retrieval(List<Item> items) {
    this.items = List.copyOf(items);
  }

  /**
   * Looks, and changes nothing.
   *
   * @param root what the places are seen from; {@code /} for this very machine
   * @throws IOException in words, if a place cannot be read or the key is another's
   */
  public static Retrieval plan(KeptMachine kept, Path root, Optional<RecoveryKey> key)
      throws IOException {
    var items = new ArrayList<Item>();
    for (var file : kept.files()) {
      var target = below(root, file.place());
      if (file.sealed() && key.isEmpty()) {
        items.add(new Item(file, target, Change.SEALED));
      } else {
        var open = file.sealed() ? key.get().open(file) : file;
        items.add(new Item(open, target, change(open, target)));
      }
    }
    return new Retrieval(items);
  }

  /** Where a place lies that is seen from a root. */
  public static Path below(Path root, Path place) {
    return root.resolve(Path.of("/").relativize(place));
  }

  private static Change change(KeptFile file, Path target) throws IOException {
    if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      return Change.CREATE;
    }
    if (Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException(
          "found a folder at " + target + ", wanted room for a file: move it out of the way");
    }
    return file.isAt(target) ? Change.SAME : Change.REPLACE;
  }

  public List<Item> items() {
    return items;
  }

  /** Whether anything would be replaced. */
  public boolean replaces() {
    return items.stream().anyMatch(item -> item.change() == Change.REPLACE);
  }

  /** Does it. Sealed files that were not opened are left out. */
  public void perform() throws IOException {
    var todo =
        items.stream()
            .filter(item -> item.change() == Change.CREATE || item.change() == Change.REPLACE)
            .toList();
    try {
      for (var item : todo) {
        write(item);
      }
      for (var item : todo) {
        if (item.change() == Change.REPLACE) {
          Files.move(item.target(), free(item.target()), StandardCopyOption.ATOMIC_MOVE);
        }
        Files.move(beside(item), item.target(), StandardCopyOption.ATOMIC_MOVE);
      }
      for (var item : items) {
        if (item.change() == Change.SAME) {
          Files.setPosixFilePermissions(
              item.target(), PosixFilePermissions.fromString(item.file().mode()));
        }
      }
      for (var item : todo) {
        forceNameOf(item.target());
      }
    } finally {
      for (var item : todo) {
        Files.deleteIfExists(beside(item));
      }
    }
  }

  private static void write(Item item) throws IOException {
    Files.createDirectories(beside(item).toAbsolutePath().getParent());
    Files.deleteIfExists(beside(item));
    try (var channel =
        FileChannel.open(
            beside(item),
            java.util.Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      var bytes = ByteBuffer.wrap(item.file().content());
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    // After it is made: the process' own mask has no say here.
    Files.setPosixFilePermissions(
        beside(item), PosixFilePermissions.fromString(item.file().mode()));
  }

  private static void forceNameOf(Path file) throws IOException {
    var folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      return;
    }
    try (var names = FileChannel.open(folder, StandardOpenOption.READ)) {
      names.force(true);
    }
  }

  private static Path beside(Item item) {
    return item.target().resolveSibling("." + item.target().getFileName() + ".gemel-new");
  }

  /** Where what stood there goes: nothing that was kept before is lost for it. */
  private static Path free(Path target) {
    for (int number = 1; ; number++) {
      var old = target.resolveSibling(target.getFileName() + ".before-" + number);
      if (!Files.exists(old, LinkOption.NOFOLLOW_LINKS)) {
        return old;
      }
    }
  }
}
