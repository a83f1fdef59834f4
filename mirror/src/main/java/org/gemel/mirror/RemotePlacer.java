package org.gemel.mirror;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.gemel.mirror.remote.RemoteEntry;
import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.FileStatus;
import org.gemel.mirror.system.FileType;
import org.gemel.mirror.system.TreePath;
import org.jspecify.annotations.Nullable;

/** Makes one entry of the server equal to the source's. Files are handed to other threads, too. */
final class RemotePlacer {
  private static final int MOST_FILES = 16;
  private static final long MOST_BYTES = 4L * 1024 * 1024;

  private final RemoteParts parts;
  private final RemoteMover mover;
  private final PassLog log;
  private final Map<RemoteFolder, List<Put>> gathered = new ConcurrentHashMap<>();

  private record Put(RemoteFolder folder, Entry entry, Change.Kind kind) {}

  RemotePlacer(RemoteParts parts) {
    this.parts = parts;
    this.mover = new RemoteMover(parts);
    this.log = parts.log();
  }

  /** Gives an entry the name the source spells it by, on a server that takes both for one. */
  RemoteEntry respell(RemoteFolder folder, EntryName name, RemoteEntry found) throws IOException {
    TreePath between = folder.child(parts.temporaries().next());
    parts.change(
        connection -> {
          folder.prepare(connection);
          connection.rename(folder.child(found.name()), between);
          connection.rename(between, folder.child(name));
        });
    log.changed(Change.Kind.RENAME, folder.child(name));
    return found.named(name);
  }

  /**
   * Makes sure there is a folder of a name.
   *
   * @return whether it was there before
   */
  boolean enter(RemoteFolder parent, Entry entry, @Nullable RemoteEntry found, TreePath path)
      throws IOException {
    if (found != null && found.type() == FileType.FOLDER) {
      openUp(entry, found, path);
      return true;
    }
    parent.touch();
    parts.change(
        connection -> {
          parent.prepare(connection);
          if (found != null) {
            RemoteDeleter.removeFile(connection, path);
          }
          RemoteWalk.makeFolder(connection, path);
        });
    log.changed(found == null ? Change.Kind.CREATE : Change.Kind.UPDATE, path);
    return false;
  }

  /** A folder that its owner may not list is lifted at once; its mode is given back at its end. */
  private void openUp(Entry entry, RemoteEntry found, TreePath path) throws IOException {
    boolean shut = found.permissions() >= 0 && (found.permissions() & 0500) != 0500;
    boolean differs = found.permissions() != entry.status().permissions();
    if (shut && differs && parts.abilities().permissions()) {
      parts.change(connection -> connection.permissions(path, found.permissions() | 0700));
    }
  }

  /** Places a file or link where the server has nothing, or anything but a folder. */
  void place(RemoteFolder folder, Entry entry, @Nullable RemoteEntry found, TreePath path)
      throws IOException {
    FileStatus status = entry.status();
    Set<Aspect> differing =
        found == null ? Set.of(Aspect.TYPE) : parts.differ().compare(path, status, found);
    boolean content =
        differing.contains(Aspect.TYPE)
            || differing.contains(Aspect.SIZE)
            || hasOtherContent(folder, entry, path, differing);
    if (content) {
      Change.Kind kind = found == null ? Change.Kind.CREATE : Change.Kind.UPDATE;
      if (entry.type() == FileType.FILE) {
        gather(new Put(folder, entry, kind));
      } else {
        putLink(folder, entry, path);
        log.changed(kind, path);
      }
    } else if (!differing.isEmpty()) {
      metadata(entry, path, differing);
      log.changed(Change.Kind.METADATA, path);
    }
  }

  private boolean hasOtherContent(
      RemoteFolder folder, Entry entry, TreePath path, Set<Aspect> differing) throws IOException {
    if (entry.type() == FileType.SYMBOLIC_LINK) {
      byte[] wanted = folder.source().linkTarget(entry.name());
      return !Arrays.equals(wanted, parts.ask(connection -> connection.linkTarget(path)));
    }
    if (!parts.request().checksum()) {
      return differing.contains(Aspect.TIME);
    }
    return !hasSameBytes(folder, entry, path);
  }

  private boolean hasSameBytes(RemoteFolder folder, Entry entry, TreePath path) throws IOException {
    return parts.<Boolean>ask(
        connection -> {
          boolean[] same = new boolean[1];
          List<IOException> failures = new ArrayList<>();
          folder
              .source()
              .read(
                  List.of(entry.name()),
                  new SourceFolder.Receiver() {
                    @Override
                    public void file(EntryName name, SourceFile file) throws IOException {
                      try (InputStream there = connection.read(path)) {
                        same[0] = isSame(file, there);
                      }
                    }

                    @Override
                    public void failed(EntryName name, IOException why) {
                      failures.add(why);
                    }
                  });
          if (!failures.isEmpty()) {
            throw failures.getFirst();
          }
          return same[0];
        });
  }

  private boolean isSame(SourceFile file, InputStream there) throws IOException {
    boolean[] same = {true};
    file.stream(
        0,
        (block, length) -> {
          log.allowStop();
          byte[] other = there.readNBytes(length);
          same[0] &= Arrays.equals(block, 0, length, other, 0, other.length);
        });
    return same[0] && there.read() < 0;
  }

  private void metadata(Entry entry, TreePath path, Set<Aspect> differing) throws IOException {
    FileStatus status = entry.status();
    parts.change(
        connection -> {
          if (differing.contains(Aspect.MODE)) {
            connection.permissions(path, status.permissions());
          }
          if (differing.contains(Aspect.TIME) && parts.abilities().times()) {
            connection.modified(path, status.modified());
          }
        });
    if (entry.type() == FileType.FILE) {
      parts.times().put(path, status);
    }
  }

  private void putLink(RemoteFolder folder, Entry entry, TreePath path) throws IOException {
    byte[] target = folder.source().linkTarget(entry.name());
    TreePath temporary = folder.child(parts.temporaries().next());
    parts.change(
        connection -> {
          folder.prepare(connection);
          RemoteDeleter.removeFile(connection, temporary);
          connection.makeLink(temporary, target);
          if (parts.abilities().linkTimes()) {
            connection.modified(temporary, entry.status().modified());
          }
          connection.rename(temporary, path);
        });
  }

  /** Places what had to wait for a folder to go. */
  void placeLate(RemoteFolder folder, Entry planned, TreePath path) {
    try {
      Entry now = new Entry(planned.name(), folder.source().status(planned.name()));
      // Become something else since: the next pass sees to it.
      if (now.type() == planned.type()) {
        place(folder, now, null, path);
        flush(folder);
      }
    } catch (IOException e) {
      log.failed(path, e);
    }
  }

  private void gather(Put put) {
    List<Put> some = gathered.computeIfAbsent(put.folder, folder -> new ArrayList<>());
    some.add(put);
    long bytes = some.stream().mapToLong(each -> each.entry.status().size()).sum();
    if (some.size() < MOST_FILES && bytes < MOST_BYTES) {
      return;
    }
    gathered.remove(put.folder);
    if (parts.workers().isBusy()) {
      some.forEach(this::put);
    } else {
      put.folder.retain();
      parts.workers().submit(new Batch(put.folder, some));
    }
  }

  /** Sends what is left of a folder, on this thread. */
  void flush(RemoteFolder folder) {
    List<Put> rest = gathered.remove(folder);
    if (rest != null) {
      rest.forEach(this::put);
    }
  }

  private void put(Put put) {
    TreePath path = put.folder.child(put.entry.name());
    try {
      log.allowStop();
      if (!parts.request().dryRun()) {
        mover.put(put.folder, put.entry.name());
      } else {
        put.folder.touch();
      }
      log.changed(put.kind, path);
    } catch (IOException e) {
      if (!TreeWalk.isGone(e, put.folder.source(), put.entry.name())) {
        log.failed(path, e);
      }
    }
  }

  /** Files of one folder for another thread. */
  private final class Batch implements Workers.Task {
    private final RemoteFolder folder;
    private final List<Put> files;

    private Batch(RemoteFolder folder, List<Put> files) {
      this.folder = folder;
      this.files = files;
    }

    @Override
    public void run() {
      try {
        files.forEach(RemotePlacer.this::put);
      } finally {
        folder.release();
      }
    }

    @Override
    public void abandon() {
      folder.release();
    }
  }
}
