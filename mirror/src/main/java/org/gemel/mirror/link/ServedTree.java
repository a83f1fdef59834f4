package org.gemel.mirror.link;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gemel.mirror.FilterRules;
import org.gemel.mirror.Marker;
import org.gemel.mirror.Scanner;
import org.gemel.mirror.system.ContentReader;
import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.Errno;
import org.gemel.mirror.system.Folder;
import org.gemel.mirror.system.OpenFile;
import org.gemel.mirror.system.SystemCallException;
import org.gemel.mirror.system.TreePath;

/**
 * A tree that is served to a peer, to be looked at and read, and nothing else. Everything the peer
 * names is a name in a folder that is held, so nothing outside the volume can be reached.
 *
 * <p>A folder is let go of only when nobody is at work in it: the number of a closed descriptor may
 * be another file's the next moment.
 */
final class ServedTree implements AutoCloseable {
  static final int ROOT = 0;

  private static final int MOST_HELD = 20_000;
  private static final int LONGEST_MARKER = 4096;
  private static final int TOO_MANY_OPEN = 24;

  private final Folder volume;
  private final TreePath below;
  private final Scanner scanner;
  private final Map<Integer, Held> held = new HashMap<>();
  private boolean closed;

  private static final class Held {
    private final Folder folder;
    private int users;
    private boolean released;

    private Held(Folder folder) {
      this.folder = folder;
    }
  }

  /** What is done in a held folder. */
  interface Work<T> {
    T in(Folder folder) throws IOException;
  }

  /**
   * Serves the tree at a path of a volume; closes the volume's top with it, or if it fails.
   *
   * @param volume its top, above which nothing is looked at
   */
  ServedTree(Folder volume, TreePath below, FilterRules filters, Optional<Marker> marker)
      throws SystemCallException {
    this.volume = volume;
    this.below = below;
    this.scanner = Scanner.of(filters, marker);
    try {
      held.put(ROOT, new Held(volume.descendToTop(below)));
    } catch (SystemCallException e) {
      volume.close();
      throw e;
    }
  }

  Scanner scanner() {
    return scanner;
  }

  /** Does something in a held folder, which stays open until it is done. */
  <T> T with(int number, Work<T> work) throws IOException {
    Held folder = use(number);
    try {
      return work.in(folder.folder);
    } finally {
      unuse(folder);
    }
  }

  /** Takes hold of the folder at a path below a held one, under a number that is free. */
  void hold(int number, int parent, TreePath path) throws IOException {
    Folder opened = with(parent, folder -> folder.descend(path));
    synchronized (this) {
      if (closed || held.containsKey(number) || held.size() >= MOST_HELD) {
        opened.close();
        throw SystemCallException.elsewhere("open", TOO_MANY_OPEN, path.toString());
      }
      held.put(number, new Held(opened));
    }
  }

  /** Lets go of a folder. */
  synchronized void release(int number) {
    Held folder = number == ROOT ? null : held.remove(number);
    if (folder != null) {
      folder.released = true;
      closeIfUnused(folder);
    }
  }

  private synchronized Held use(int number) throws IOException {
    Held folder = held.get(number);
    if (folder == null) {
      throw new IOException("found no folder of number " + number + ", wanted one that is held");
    }
    folder.users++;
    return folder;
  }

  private synchronized void unuse(Held folder) {
    folder.users--;
    closeIfUnused(folder);
  }

  private static void closeIfUnused(Held folder) {
    if (folder.released && folder.users == 0) {
      folder.folder.close();
    }
  }

  /** Reads a marker at the top of the tree, or in a folder above it within the volume. */
  Optional<String> marker(EntryName name, boolean above) throws IOException {
    List<EntryName> way = below.names();
    for (int depth = way.size(); depth >= 0; depth--) {
      TreePath at = TreePath.ROOT;
      for (EntryName each : way.subList(0, depth)) {
        at = at.child(each);
      }
      try (Folder folder = volume.descend(at)) {
        Optional<String> found = read(folder, name);
        if (found.isPresent() || !above) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<String> read(Folder folder, EntryName name) throws SystemCallException {
    try (OpenFile file = folder.openFile(name)) {
      byte[] content = new byte[LONGEST_MARKER];
      int length = new ContentReader(file).fill(content);
      return Optional.of(new String(content, 0, length, StandardCharsets.UTF_8).strip());
    } catch (SystemCallException e) {
      if (e.errno() == Errno.ENOENT) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Lets go of all; what is being worked in stays open until that is done. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    for (Held each : held.values()) {
      each.released = true;
      closeIfUnused(each);
    }
    held.clear();
    volume.close();
  }
}
