package org.gemel.mirror;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.gemel.mirror.system.EntryChoice;
import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.EntryTable;
import org.gemel.mirror.system.FileType;
import org.gemel.mirror.system.Folder;
import org.gemel.mirror.system.FolderChanges;
import org.gemel.mirror.system.SystemCallException;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether a target keeps names apart, and as they are. One that does not would have two
 * files of the source overwrite each other under one name, and what was just written would be
 * deleted as a name that the source lacks.
 */
final class NameProbe {
  private static final String WRITTEN = "Gemel-\u00c9";

  private NameProbe() {}

  /**
   * Refuses a target that is not fit.
   *
   * @param mayWrite whether something may be made in it for a moment, if what it holds tells
   *     nothing
   */
  static void check(Folder target, TreeRoot root, boolean mayWrite)
      throws RefusedException, SystemCallException {
    EntryName known = withLetters(target);
    Optional<String> found =
        known != null && !isPair(target, known)
            ? taken(target, known, swapped(known))
            : mayWrite ? tried(target) : Optional.empty();
    if (found.isPresent()) {
      throw RefusedException.because(
          "found that the target "
              + root
              + " "
              + found.get()
              + ", wanted one that keeps every name apart and as it is: nothing was changed; mount"
              + " it so that case counts, or mirror to a file system of Linux");
    }
  }

  /** A name that has another spelling. None is kept: there may be a million. */
  private static @Nullable EntryName withLetters(Folder target) throws SystemCallException {
    AtomicReference<@Nullable EntryName> first = new AtomicReference<>();
    look(target, name -> first.get() == null && !swapped(name).equals(name), first::set);
    return first.get();
  }

  /** Whether both spellings are listed, so that they are two names. */
  private static boolean isPair(Folder target, EntryName name) throws SystemCallException {
    EntryName other = swapped(name);
    AtomicBoolean listed = new AtomicBoolean();
    if (target.has(other)) {
      look(target, other::equals, _ -> listed.set(true));
    }
    return listed.get();
  }

  private static void look(Folder folder, Predicate<EntryName> wanted, Consumer<EntryName> found)
      throws SystemCallException {
    EntryChoice choice =
        new EntryChoice() {
          @Override
          public boolean wants(EntryName name) {
            if (wanted.test(name)) {
              found.accept(name);
            }
            return false;
          }

          @Override
          public boolean wants(EntryName name, FileType type) {
            return false;
          }
        };
    EntryTable nothing = folder.entries(choice, (_, _) -> {});
    assert nothing.size() == 0;
  }

  /** A name with the case of its ASCII letters turned round. */
  private static EntryName swapped(EntryName name) {
    byte[] bytes = name.bytes().clone();
    for (int i = 0; i < bytes.length; i++) {
      int letter = bytes[i] | 0x20;
      if (letter >= 'a' && letter <= 'z') {
        bytes[i] ^= 0x20;
      }
    }
    return EntryName.of(bytes);
  }

  private static Optional<String> taken(Folder folder, EntryName name, EntryName other)
      throws SystemCallException {
    return folder.has(other)
        ? Optional.of("takes '" + name + "' and '" + other + "' for the same name")
        : Optional.empty();
  }

  /** Makes a file in a folder of its own, and looks by which names it is found. */
  private static Optional<String> tried(Folder target) throws SystemCallException {
    EntryName own = new TemporaryNames().next();
    var before = target.status().modified();
    try {
      target.changes().createFolder(own);
    } catch (SystemCallException cannot) {
      // Whoever then writes says why.
      return Optional.empty();
    }
    try (Folder folder = target.open(own)) {
      return tried(folder, EntryName.of(WRITTEN));
    } finally {
      target.changes().removeFolder(own);
      target.inode().modified(before);
    }
  }

  private static Optional<String> tried(Folder folder, EntryName name) throws SystemCallException {
    FolderChanges changes = folder.changes();
    try {
      changes.createFile(name).close();
    } catch (SystemCallException cannot) {
      return Optional.empty();
    }
    try {
      EntryName decomposed =
          EntryName.of(
              Normalizer.normalize(WRITTEN, Normalizer.Form.NFD).getBytes(StandardCharsets.UTF_8));
      Optional<String> found = taken(folder, name, swapped(name));
      if (found.isEmpty()) {
        found = taken(folder, name, decomposed);
      }
      List<EntryName> shown = folder.names();
      return found.isEmpty() && !shown.equals(List.of(name))
          ? Optional.of("shows the name '" + name + "' as " + shown)
          : found;
    } finally {
      changes.removeFile(name);
    }
  }
}
