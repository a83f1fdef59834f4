package org.gemel.mirror;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import org.gemel.mirror.remote.RemoteAbilities;
import org.gemel.mirror.remote.RemoteConnection;
import org.gemel.mirror.remote.RemoteEntry;
import org.gemel.mirror.remote.RemoteException;
import org.gemel.mirror.remote.RemoteException.Kind;
import org.gemel.mirror.remote.RemoteListing;
import org.gemel.mirror.remote.RemoteTarget;
import org.gemel.mirror.remote.RemoteUpload;
import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.FileType;
import org.gemel.mirror.system.Timestamp;
import org.gemel.mirror.system.TreePath;

/** A server in memory that takes names for the same whatever their case, as many do. */
final class MemoryServer implements RemoteTarget {
  private record Stored(TreePath path, RemoteEntry entry, String content) {}

  private final TreeMap<String, Stored> entries = new TreeMap<>();
  private final List<String> alsoRefused = new ArrayList<>();

  /** What its listings of the top hold besides entries. */
  void alsoList(String words) {
    alsoRefused.add(words);
  }

  synchronized List<String> names() {
    return entries.values().stream().map(each -> each.path.toString()).sorted().toList();
  }

  synchronized String content(String name) {
    Stored stored = entries.get(key(TreePath.ROOT.child(EntryName.of(name))));
    return stored.content;
  }

  private static String key(TreePath path) {
    return path.toString().toLowerCase(Locale.ROOT);
  }

  private synchronized Stored need(TreePath path) throws RemoteException {
    Stored stored = entries.get(key(path));
    if (stored == null) {
      throw new RemoteException(Kind.ABSENT, "no " + path);
    }
    return stored;
  }

  private synchronized void put(TreePath path, FileType type, String content, Timestamp time) {
    Stored before = entries.get(key(path));
    // The name first used is the one that is kept.
    TreePath kept = before == null ? path : before.path;
    RemoteEntry entry =
        new RemoteEntry(kept.names().getLast(), type, content.length(), time, RemoteEntry.UNKNOWN);
    entries.put(key(path), new Stored(kept, entry, content));
  }

  @Override
  public RemoteConnection connect() {
    return new Connection();
  }

  @Override
  public void close() {}

  private final class Connection implements RemoteConnection {
    @Override
    public RemoteAbilities abilities() {
      return new RemoteAbilities(
          true, Duration.ofSeconds(1), false, false, false, false, true, false);
    }

    @Override
    public Optional<RemoteEntry> status(TreePath path) throws IOException {
      if (path.isRoot()) {
        return Optional.of(
            new RemoteEntry(EntryName.of("top"), FileType.FOLDER, -1, null, RemoteEntry.UNKNOWN));
      }
      synchronized (MemoryServer.this) {
        return Optional.ofNullable(entries.get(key(path))).map(Stored::entry);
      }
    }

    @Override
    public RemoteListing list(TreePath folder) {
      synchronized (MemoryServer.this) {
        List<RemoteEntry> here =
            entries.values().stream()
                .filter(each -> key(each.path.parent()).equals(key(folder)))
                .map(Stored::entry)
                .toList();
        return new RemoteListing(here, folder.isRoot() ? alsoRefused : List.of());
      }
    }

    @Override
    public byte[] linkTarget(TreePath link) throws IOException {
      throw new RemoteException(Kind.REFUSED, "no links");
    }

    @Override
    public InputStream read(TreePath file) throws IOException {
      return new ByteArrayInputStream(need(file).content.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Override
    public RemoteUpload write(TreePath file, long from, int permissions) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      return new RemoteUpload() {
        @Override
        public void write(byte[] block, int from, int length) {
          bytes.write(block, from, length);
        }

        @Override
        public void finish(long size, Timestamp modified, int mode) {
          put(file, FileType.FILE, bytes.toString(StandardCharsets.ISO_8859_1), modified);
        }

        @Override
        public void close() {}
      };
    }

    @Override
    public void makeFolder(TreePath folder) {
      put(folder, FileType.FOLDER, "", new Timestamp(0, 0));
    }

    @Override
    public void makeLink(TreePath link, byte[] target) throws IOException {
      throw new RemoteException(Kind.REFUSED, "no links");
    }

    @Override
    public void rename(TreePath from, TreePath to) throws IOException {
      synchronized (MemoryServer.this) {
        Stored moved = need(from);
        entries.remove(key(from));
        put(to, moved.entry.type(), moved.content, moved.entry.modified());
      }
    }

    @Override
    public void removeFile(TreePath file) throws IOException {
      synchronized (MemoryServer.this) {
        need(file);
        entries.remove(key(file));
      }
    }

    @Override
    public void removeFolder(TreePath folder) throws IOException {
      removeFile(folder);
    }

    @Override
    public void modified(TreePath path, Timestamp time) throws IOException {
      Stored stored = need(path);
      put(path, stored.entry.type(), stored.content, time);
    }

    @Override
    public void permissions(TreePath path, int permissions) {}

    @Override
    public void close() {}
  }
}
