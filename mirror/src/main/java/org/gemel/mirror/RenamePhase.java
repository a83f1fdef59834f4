package org.gemel.mirror;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.gemel.mirror.index.FolderIndex;
import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.Errno;
import org.gemel.mirror.system.FileIdentity;
import org.gemel.mirror.system.FileStatus;
import org.gemel.mirror.system.FileType;
import org.gemel.mirror.system.Folder;
import org.gemel.mirror.system.SystemCallException;
import org.gemel.mirror.system.TreePath;
import org.jspecify.annotations.Nullable;

/**
 * Makes files that are new under their names but older than the last pass: they were renamed, so
 * the target's may be renamed too and their content need not move. Done after the walk, when all
 * such names are known: where two files swapped their names, or a chain of them moved on, each
 * overwritten file is another one's origin.
 */
final class RenamePhase {
  private static final int MOST = 100_000;

  /**
   * @param replaced whether the name belonged to another file: then equal size and time mean
   *     nothing
   */
  private record Name(Place folder, Entry from, @Nullable Entry to, boolean replaced) {
    TreePath parent() {
      return folder.path();
    }

    TreePath path() {
      return parent().child(from.name());
    }
  }

  private final EntryPlacer placer;
  private final Applier applier;
  private final PassIndex index;
  private final ParkedDeletes parked;
  private final LeftFolders left;
  private final PassLog log;
  private final boolean dryRun;
  private final List<Name> names = new ArrayList<>();
  private final List<Name> rest = new ArrayList<>();
  private final Set<TreePath> lost = ConcurrentHashMap.newKeySet();
  private final Map<TreePath, TreePath> relocated = new HashMap<>();
  private final Map<TreePath, FileIdentity> displaced = new HashMap<>();

  RenamePhase(
      EntryPlacer placer,
      Applier applier,
      PassIndex index,
      ParkedDeletes parked,
      LeftFolders left,
      PassLog log,
      boolean dryRun) {
    this.placer = placer;
    this.applier = applier;
    this.index = index;
    this.parked = parked;
    this.left = left;
    this.log = log;
    this.dryRun = dryRun;
  }

  /**
   * Keeps a file for later; its folder is finished after it.
   *
   * @return false if too many wait already: then it is copied like any other
   */
  boolean defer(Place place, Entry from, @Nullable Entry to, boolean replaced) {
    synchronized (names) {
      if (names.size() >= MOST) {
        return false;
      }
      names.add(new Name(place, from, to, replaced));
    }
    place.noteParked();
    return true;
  }

  /** Notes that what the target had under a name has been replaced by something that is no file. */
  void lost(TreePath path) {
    lost.add(path);
  }

  void run(SourceFolder source, @Nullable Folder target, FolderMoves moves) {
    names.sort(Comparator.comparing(Name::path));
    Set<FileIdentity> wanted = new HashSet<>();
    names.forEach(each -> wanted.add(each.from().status().identity()));
    Map<FileIdentity, FolderIndex.Location> known = index.locate(wanted);
    for (Name each : names) {
      log.allowStop();
      FolderIndex.Location location = known.get(each.from().status().identity());
      if (location == null || target == null || !rename(each, location, source, target, moves)) {
        rest.add(each);
      }
    }
  }

  /** Files whose content would be replaced; known after {@link #run}. */
  List<TreePath> overwrites() {
    return rest.stream().filter(each -> each.to() != null).map(Name::path).toList();
  }

  /**
   * Makes what was not renamed.
   *
   * @param mayOverwrite if not, files whose content would be replaced stay as they are
   */
  void runRest(SourceFolder source, @Nullable Folder target, boolean mayOverwrite) {
    for (Name each : rest) {
      if (mayOverwrite || each.to() == null) {
        log.allowStop();
        settle(each, source, target, each.replaced());
      }
    }
    if (mayOverwrite && target != null) {
      displaced.forEach((path, file) -> dispose(path, file, source, target));
    }
  }

  /** What a rename has replaced, and nobody's rename has taken from where the swap put it. */
  private void dispose(TreePath path, FileIdentity file, SourceFolder source, Folder target) {
    EntryName name = path.names().getLast();
    try (Folder folder = target.descend(path.parent())) {
      if (folder.has(name)
          && folder.status(name).identity().equals(file)
          && !isInSource(path, source)) {
        applier.prepare(new Place(path.parent(), folder, folder.status()));
        applier.dispose(folder, name);
        left.note(path.parent());
      }
    } catch (IOException e) {
      log.failed(path, e);
    }
  }

  private static boolean isInSource(TreePath path, SourceFolder source) throws IOException {
    try (SourceFolder parent = source.descend(path.parent())) {
      return parent.status(path.names().getLast()).type().isMirrored();
    } catch (IOException e) {
      if (Errno.isMissing(e)) {
        return false;
      }
      throw e;
    }
  }

  private boolean rename(
      Name name,
      FolderIndex.Location location,
      SourceFolder source,
      Folder target,
      FolderMoves moves) {
    TreePath old = location.folder().path().child(location.folder().table().name(location.row()));
    TreePath seen = moves.now(old);
    TreePath now = dryRun ? old : relocated.getOrDefault(seen, seen);
    if (now.equals(name.path())) {
      if (!seen.equals(name.path())) {
        // A swap has brought it here already.
        log.renamed(name.path(), old);
      }
      settle(name, source, target, false);
      return true;
    }
    if (lost.contains(seen)) {
      return false;
    }
    EntryName oldName = now.names().getLast();
    try (Folder from = target.descend(now.parent())) {
      FileStatus there = from.status(oldName);
      if (!isSame(there, name.from().status()) || isStillAt(old, name, source)) {
        return false;
      }
      if (!dryRun) {
        move(name, from, now, target);
        left.note(now.parent());
      }
      parked.moved(seen, there.identity());
      log.renamed(name.path(), old);
      if (dryRun) {
        settleWhereItIs(name, source, from, oldName);
      } else {
        settle(name, source, target, false);
      }
      return true;
    } catch (IOException e) {
      // Not where it was, or it cannot be moved: it is copied.
      return false;
    }
  }

  private void move(Name name, Folder from, TreePath now, Folder target) throws IOException {
    try (Folder to = target.descend(name.parent())) {
      Place place = new Place(name.parent(), to, to.status());
      applier.prepare(place);
      applier.prepare(new Place(now.parent(), from, from.status()));
      boolean swapped = applier.moveFile(from, now.names().getLast(), to, name.from().name());
      if (swapped) {
        relocated.put(name.path(), now);
        displaced.put(now, from.status(now.names().getLast()).identity());
      }
    }
  }

  private static boolean isSame(FileStatus there, FileStatus wanted) {
    return there.type() == FileType.FILE
        && there.size() == wanted.size()
        && there.modified().equals(wanted.modified());
  }

  private static boolean isStillAt(TreePath old, Name name, SourceFolder source)
      throws IOException {
    try (SourceFolder parent = source.descend(old.parent())) {
      FileIdentity there = parent.status(old.names().getLast()).identity();
      return there.equals(name.from().status().identity());
    } catch (IOException e) {
      if (Errno.isMissing(e)) {
        return false;
      }
      throw e;
    }
  }

  /** Makes what was not renamed, and the metadata of what was. */
  private void settle(Name name, SourceFolder source, @Nullable Folder target, boolean anew) {
    boolean missing = target == null || (dryRun && name.to() == null);
    try (SourceFolder from = source.descend(name.parent())) {
      if (missing || target == null) {
        // In a plan the folder may not be there yet, and nothing of it is needed.
        place(from, name, new Place(name.parent(), null, null), null, false);
        return;
      }
      // In a plan a folder that would be moved is still where it was.
      TreePath where = dryRun ? name.folder().where() : name.parent();
      try (Folder to = target.descend(where)) {
        place(from, name, new Place(name.parent(), to, to.status()), found(to, name.from()), anew);
      }
    } catch (IOException e) {
      // Also if it is gone: with its folder it can come back as it was.
      name.folder().noteFailed();
      if (!TreeWalk.isGone(e, source, name.path())) {
        log.failed(name.path(), e);
      }
    }
  }

  /** In a plan the file still has its old name. */
  private void settleWhereItIs(Name name, SourceFolder source, Folder old, EntryName oldName)
      throws IOException {
    try (SourceFolder from = source.descend(name.parent())) {
      Entry found = new Entry(oldName, old.status(oldName));
      place(from, name, new Place(name.parent(), old, old.status()), found, false);
    }
  }

  private void place(SourceFolder from, Name name, Place place, @Nullable Entry found, boolean anew)
      throws IOException {
    if (anew && found != null) {
      placer.replace(from, name.from(), place, name.path());
    } else {
      placer.place(from, name.from(), place, found, name.path());
    }
  }

  private static @Nullable Entry found(Folder to, Entry from) throws SystemCallException {
    return to.has(from.name()) ? new Entry(from.name(), to.status(from.name())) : null;
  }
}
