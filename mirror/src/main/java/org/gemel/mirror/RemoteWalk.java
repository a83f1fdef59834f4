package org.gemel.mirror;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.gemel.mirror.remote.RemoteConnection;
import org.gemel.mirror.remote.RemoteEntry;
import org.gemel.mirror.remote.RemoteException;
import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.FileStatus;
import org.gemel.mirror.system.FileType;
import org.gemel.mirror.system.TreePath;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the source and the server's folders side by side, a folder at a time over several
 * connections, makes what is to be made at once, and parks what is to go.
 */
final class RemoteWalk {
  private final RemoteParts parts;
  private final PassLog log;
  private final RemotePlacer placer;
  private final RemoteDeleter deleter;
  private final @Nullable EntryName probe;
  private final AtomicLong held = new AtomicLong();

  /**
   * @param probe a name that is at the top of the target and nowhere else
   */
  RemoteWalk(
      RemoteParts parts, RemotePlacer placer, RemoteDeleter deleter, @Nullable EntryName probe) {
    this.parts = parts;
    this.log = parts.log();
    this.placer = placer;
    this.deleter = deleter;
    this.probe = probe;
  }

  /** Entries the target held, as far as the walk has come. */
  long held() {
    return held.get();
  }

  /** Makes the target equal to the source, but for what is parked. The top is released here. */
  void run(RemoteFolder top) {
    parts.workers().submit(new Visit(top));
    parts.workers().run();
  }

  /** One folder's turn. */
  private final class Visit implements Workers.Task {
    private final @Nullable RemoteFolder parent;
    private final @Nullable Entry from;
    private final @Nullable RemoteEntry to;
    private @Nullable RemoteFolder work;
    private final List<Visit> below = new ArrayList<>();

    Visit(RemoteFolder top) {
      this.parent = null;
      this.from = null;
      this.to = null;
      this.work = top;
    }

    /** A folder below; its parent has been retained for it. */
    Visit(RemoteFolder parent, Entry from, @Nullable RemoteEntry to) {
      this.parent = parent;
      this.from = from;
      this.to = to;
    }

    private TreePath path() {
      return parent == null || from == null ? TreePath.ROOT : parent.child(from.name());
    }

    @Override
    public void run() {
      try {
        log.allowStop();
        if (parent != null && from != null) {
          SourceFolder opened = parent.source().open(from.name());
          work = new RemoteFolder(parts, parent, opened, path(), to);
        }
        if (work != null) {
          visit(work);
        }
      } catch (IOException e) {
        if (parent == null || from == null || !TreeWalk.isGone(e, parent.source(), from.name())) {
          log.failed(path(), e);
        }
      } finally {
        abandon();
      }
    }

    @Override
    public void abandon() {
      below.forEach(Visit::abandon);
      if (work != null) {
        work.release();
      } else if (parent != null) {
        parent.release();
      }
    }

    private void visit(RemoteFolder folder) throws IOException {
      // Read in this order: what is in the listing is not newer than the status.
      FileStatus status = folder.source().status();
      Listing wanted = folder.source().list();
      if (probe != null && wanted.temporaries().contains(probe)) {
        log.failed(
            folder.path(), "this is the target itself: not mirrored into itself; exclude it");
        return;
      }
      wanted.failures().forEach(log::failed);
      if (folder.want(status)) {
        log.changed(Change.Kind.METADATA, folder.path());
      }
      RemoteScanner.Found found = listTarget(folder, wanted);
      held.addAndGet(found.entries().size());
      compare(folder, wanted, found);
      placer.flush(folder);
      for (Visit each : below.reversed()) {
        parts.workers().submit(each);
      }
      below.clear();
    }

    private RemoteScanner.Found listTarget(RemoteFolder folder, Listing wanted) throws IOException {
      if (folder.found() == null) {
        return RemoteScanner.Found.NOTHING;
      }
      RemoteScanner.Found found =
          parts.ask(connection -> parts.scanner().list(connection, folder.path()));
      found.refused().forEach(words -> log.failed(folder.path(), words));
      Set<String> states = found.temporaries().isEmpty() ? Set.of() : states(wanted);
      for (RemoteEntry each : found.temporaries()) {
        String state = RemoteMover.stateOf(each.name());
        if (!state.isEmpty() && states.contains(state)) {
          RemoteEntry other = folder.unfinished().put(state, each);
          if (other == null) {
            continue;
          }
        }
        if (probe == null || !probe.equals(each.name())) {
          sweep(folder, each);
        }
      }
      return found;
    }

    private Set<String> states(Listing wanted) {
      Set<String> states = new HashSet<>();
      for (int row = 0; row < wanted.size(); row++) {
        Entry each = wanted.entry(row);
        if (RemoteMover.isLarge(each.status())) {
          states.add(RemoteMover.state(each.name(), each.status()));
        }
      }
      return states;
    }

    private void sweep(RemoteFolder folder, RemoteEntry temporary) {
      try {
        parts.change(folder::prepare);
        deleter.sweep(folder.path(), temporary);
      } catch (IOException e) {
        log.failed(folder.child(temporary.name()), e);
      }
    }

    private void compare(RemoteFolder folder, Listing wanted, RemoteScanner.Found found) {
      Map<Object, RemoteEntry> left = new HashMap<>();
      found.entries().forEach(each -> left.put(parts.folding().key(each.name()), each));
      Map<Object, EntryName> seen = new HashMap<>();
      for (int row = 0; row < wanted.size(); row++) {
        log.allowStop();
        Entry entry = wanted.entry(row);
        TreePath path = folder.child(entry.name());
        Object key = parts.folding().key(entry.name());
        EntryName same = parts.folding().isNone() ? null : seen.putIfAbsent(key, entry.name());
        if (same != null) {
          log.failed(
              path,
              "the server takes this name for the same as "
                  + same
                  + ", which is there too: not written, as it would overwrite it; rename one of them");
          continue;
        }
        parts.notKept().note(entry.status(), wanted.table().attributeBytes(row), parts.abilities());
        pair(folder, entry, left.remove(key), path);
      }
      // A name whose status could not be read may hide anything: what seems to be absent here is
      // not deleted.
      if (wanted.failures().isEmpty() && parts.request().deletes() == DeletePolicy.MIRROR) {
        for (RemoteEntry each : found.entries()) {
          if (each.equals(left.get(parts.folding().key(each.name())))) {
            park(folder, each, null);
          }
        }
      }
    }

    private void pair(
        RemoteFolder folder, Entry entry, @Nullable RemoteEntry found, TreePath path) {
      try {
        RemoteEntry there = found;
        if (there != null && !parts.folding().showsAs(entry.name(), there.name())) {
          there = placer.respell(folder, entry.name(), there);
        }
        if (entry.type() == FileType.FOLDER) {
          log.sawFolder(path);
          boolean kept = placer.enter(folder, entry, there, path);
          folder.retain();
          below.add(new Visit(folder, entry, kept ? there : null));
        } else {
          other(folder, entry, there, path);
        }
      } catch (IOException e) {
        if (!TreeWalk.isGone(e, folder.source(), entry.name())) {
          log.failed(path, e);
        }
      }
    }

    private void other(RemoteFolder folder, Entry entry, @Nullable RemoteEntry found, TreePath path)
        throws IOException {
      boolean carried =
          entry.type() == FileType.FILE
              || (entry.type() == FileType.SYMBOLIC_LINK && parts.abilities().symbolicLinks());
      if (!carried) {
        log.skipped();
        if (found != null
            && found.type() != entry.type()
            && parts.request().deletes() == DeletePolicy.MIRROR) {
          park(folder, found, null);
        }
        return;
      }
      log.saw(1, entry.type() == FileType.FILE ? entry.status().size() : 0, path);
      if (found == null || found.type() != FileType.FOLDER) {
        placer.place(folder, entry, found, path);
      } else if (parts.request().deletes() == DeletePolicy.KEEP) {
        log.failed(
            path,
            "found a folder in the target where the source has a "
                + entry.type()
                + ", and deletes are not wanted: move the folder away, or mirror with deletes");
      } else {
        park(folder, found, () -> placer.placeLate(folder, entry, path));
      }
    }

    private void park(RemoteFolder folder, RemoteEntry entry, @Nullable Runnable replace) {
      TreePath path = folder.child(entry.name());
      if (RemoteScanner.isLostAndFound(path)) {
        return;
      }
      try {
        held.addAndGet(deleter.park(folder, entry, replace) - 1);
      } catch (IOException e) {
        log.failed(path, e);
      }
    }
  }

  /** Makes a folder, also if an answer to an earlier try was lost. */
  static void makeFolder(RemoteConnection connection, TreePath path) throws IOException {
    try {
      connection.makeFolder(path);
    } catch (RemoteException e) {
      boolean made =
          !RemoteException.isLinkLost(e)
              && connection
                  .status(path)
                  .map(found -> found.type() == FileType.FOLDER)
                  .orElse(false);
      if (!made) {
        throw e;
      }
    }
  }
}
