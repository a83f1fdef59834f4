package org.gemel.mirror;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.gemel.mirror.remote.RemoteConnection;
import org.gemel.mirror.remote.RemoteEntry;
import org.gemel.mirror.remote.RemoteException;
import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.Errno;
import org.gemel.mirror.system.FileType;
import org.gemel.mirror.system.TreePath;
import org.jspecify.annotations.Nullable;

/**
 * What is to go from the server: parked while the walk is on, removed after the guard has seen the
 * number, contents before their folder. What the filters exclude stays, and so do its folders.
 */
final class RemoteDeleter {
  /** One entry with all below it; its folder is not finished before it. */
  private record Parked(RemoteFolder folder, RemoteEntry entry, @Nullable Runnable replace) {}

  private final RemoteParts parts;
  private final List<Parked> parked = new ArrayList<>();
  private long entries;

  RemoteDeleter(RemoteParts parts) {
    this.parts = parts;
  }

  /** How many entries would go with this one. */
  long count(TreePath path, RemoteEntry entry) throws IOException {
    parts.log().allowStop();
    if (entry.type() != FileType.FOLDER) {
      return 1;
    }
    long count = 1;
    for (RemoteEntry each : listBelow(path).entries()) {
      count += count(path.child(each.name()), each);
    }
    return count;
  }

  private RemoteScanner.Found listBelow(TreePath path) throws IOException {
    RemoteScanner.Found found = parts.ask(connection -> parts.scanner().list(connection, path));
    if (!found.refused().isEmpty()) {
      throw new RemoteException(
          RemoteException.Kind.REFUSED, "not deleted: " + found.refused().getFirst());
    }
    return found;
  }

  /**
   * Keeps an entry for later.
   *
   * @param replace puts what the source has under the name instead; null if that is nothing
   * @return how many entries go
   */
  long park(RemoteFolder folder, RemoteEntry entry, @Nullable Runnable replace) throws IOException {
    long count = count(folder.child(entry.name()), entry);
    folder.retain();
    synchronized (parked) {
      parked.add(new Parked(folder, entry, replace));
      entries += count;
    }
    return count;
  }

  /** How many entries would go. */
  long entries() {
    synchronized (parked) {
      return entries;
    }
  }

  /** Removes what was parked. */
  void run(SourceFolder source) {
    for (Parked each : take()) {
      TreePath path = each.folder.child(each.entry.name());
      try {
        parts.log().allowStop();
        if (each.replace == null && isInSource(source, path)) {
          continue;
        }
        if (remove(each.folder, path, each.entry) && each.replace != null) {
          each.replace.run();
        }
      } catch (IOException e) {
        parts.log().failed(path, e);
      } finally {
        each.folder.release();
      }
    }
  }

  /** Lets everything stay as it is. */
  void keep() {
    take().forEach(each -> each.folder.release());
  }

  private List<Parked> take() {
    synchronized (parked) {
      List<Parked> all = List.copyOf(parked);
      parked.clear();
      return all;
    }
  }

  private static boolean isInSource(SourceFolder source, TreePath path) throws IOException {
    try (SourceFolder folder = source.descend(path.parent())) {
      return folder.status(path.names().getLast()).type().isMirrored();
    } catch (IOException e) {
      if (Errno.isMissing(e)) {
        return false;
      }
      throw e;
    }
  }

  private boolean remove(RemoteFolder folder, TreePath path, RemoteEntry entry) throws IOException {
    parts.change(folder::prepare);
    folder.touch();
    return remove(path, entry);
  }

  /** Removes an entry with all below it and says whether it is gone. */
  private boolean remove(TreePath path, RemoteEntry entry) throws IOException {
    parts.log().allowStop();
    if (entry.type() == FileType.FOLDER) {
      if (!empty(path, entry)) {
        return false;
      }
      parts.change(connection -> unlessAbsent(() -> connection.removeFolder(path)));
    } else {
      parts.change(connection -> unlessAbsent(() -> connection.removeFile(path)));
    }
    parts.times().forget(path);
    parts.log().changed(Change.Kind.DELETE, path);
    return true;
  }

  private boolean empty(TreePath path, RemoteEntry folder) throws IOException {
    boolean locked = folder.permissions() >= 0 && (folder.permissions() & 0300) != 0300;
    if (locked && parts.abilities().permissions()) {
      parts.change(connection -> connection.permissions(path, folder.permissions() | 0700));
    }
    RemoteScanner.Found found = listBelow(path);
    boolean emptied = true;
    for (RemoteEntry each : found.entries()) {
      emptied &= remove(path.child(each.name()), each);
    }
    for (RemoteEntry temporary : found.temporaries()) {
      sweep(path, temporary);
    }
    // What the filters exclude is not in the list, but is in the way.
    return emptied && found.hidden() == 0;
  }

  /** Removes what an ended pass left. */
  void sweep(TreePath folder, RemoteEntry temporary) throws IOException {
    EntryName name = temporary.name();
    parts.change(
        connection -> {
          if (temporary.type() == FileType.FOLDER) {
            unlessAbsent(() -> connection.removeFolder(folder.child(name)));
          } else {
            unlessAbsent(() -> connection.removeFile(folder.child(name)));
          }
          parts.log().swept();
        });
  }

  private interface Deed {
    void run() throws IOException;
  }

  private static void unlessAbsent(Deed deed) throws IOException {
    try {
      deed.run();
    } catch (RemoteException e) {
      if (!RemoteException.isAbsent(e)) {
        throw e;
      }
    }
  }

  /** Removes a file or link that is in the way of something else. */
  static void removeFile(RemoteConnection connection, TreePath path) throws IOException {
    unlessAbsent(() -> connection.removeFile(path));
  }
}
