package org.gemel.mirror;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.gemel.mirror.system.Errno;
import org.gemel.mirror.system.FileIdentity;
import org.gemel.mirror.system.Folder;
import org.gemel.mirror.system.TreePath;
import org.jspecify.annotations.Nullable;

/** Makes one file or symbolic link of the target equal to the source's, hard links included. */
final class EntryPlacer {
  private final EntryDiffer differ;
  private final Applier applier;
  private final PassLog log;
  private final LinkGroups groups = new LinkGroups();

  EntryPlacer(EntryDiffer differ, Applier applier, PassLog log) {
    this.differ = differ;
    this.applier = applier;
    this.log = log;
  }

  /**
   * Settles a file with one name on each side unless its content has to be moved.
   *
   * @return false if it has to be
   */
  boolean settle(FolderWork work, Entry from, @Nullable Entry to, TreePath path)
      throws IOException {
    Place place = work.place();
    if (to == null || place.folder() == null) {
      return false;
    }
    Set<Aspect> differing = differ.compare(work.source(), from, place.folder(), to);
    if (differ.needsContent(from.type(), differing)) {
      return false;
    }
    imposeMetadata(differing, work.source(), from, place, path);
    return true;
  }

  /**
   * Whether a file with several names, on either side, is what it should be: nothing has to be done
   * whichever of its names is met first.
   */
  boolean isSettled(FolderWork work, Entry from, @Nullable Entry to, TreePath path)
      throws IOException {
    Place place = work.place();
    if (to == null || place.folder() == null || from.status().links() != to.status().links()) {
      return false;
    }
    ReentrantLock lock = groups.lock(from);
    lock.lock();
    try {
      FileIdentity found = to.status().identity();
      Optional<LinkGroups.Placed> other = groups.placed(from);
      if (other.isPresent() && other.get().is(found)) {
        return true;
      }
      if (!differ.compare(work.source(), from, place.folder(), to).isEmpty()) {
        return false;
      }
      if (other.isPresent() || !groups.claim(from, to)) {
        groups.conflict(from, to);
        return false;
      }
      groups.keep(from, path, to);
      return true;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Notes if a name that waits has a file in the target that looks as right as the one its other
   * names were found to be: size and time cannot tell which of them it is.
   */
  void noteIfAmbiguous(Entry from, @Nullable Entry to) {
    Optional<LinkGroups.Placed> other = groups.placed(from);
    if (to != null
        && other.isPresent()
        && !other.get().is(to.status().identity())
        && to.type() == from.type()
        && to.status().size() == from.status().size()
        && to.status().modified().equals(from.status().modified())) {
      groups.conflict(from, to);
    }
  }

  /** The source files for which chance would decide, as if none of their names had been met. */
  Set<FileIdentity> takeConflicts() {
    return groups.takeConflicts();
  }

  /**
   * Places an entry.
   *
   * @param to what the target has under the name: nothing, or anything but a folder
   */
  void place(SourceFolder source, Entry from, Place place, @Nullable Entry to, TreePath path)
      throws IOException {
    ReentrantLock lock = groups.lock(from);
    lock.lock();
    try {
      placeAlone(source, from, place, to, path);
    } finally {
      lock.unlock();
    }
  }

  /** Puts a file's content anew, whatever the target has under its name. */
  void replace(SourceFolder source, Entry from, Place place, TreePath path) throws IOException {
    applier.prepare(place);
    applier.put(source, from, place.folder());
    log.changed(Change.Kind.UPDATE, path);
  }

  private void placeAlone(
      SourceFolder source, Entry from, Place place, @Nullable Entry to, TreePath path)
      throws IOException {
    Optional<LinkGroups.Placed> other = groups.placed(from);
    if (other.isPresent()) {
      if (to == null || !other.get().is(to.status().identity())) {
        link(other.get(), source, from, place, to, path);
      }
      return;
    }
    Set<Aspect> differing = compare(source, from, place, to);
    if (to != null && !differ.needsContent(from.type(), differing)) {
      imposeMetadata(differing, source, from, place, path);
      groups.keep(from, path, to);
    } else {
      if (to != null) {
        groups.release(from, to);
      }
      put(source, from, place, to, path);
      groups.write(from, path);
    }
  }

  private void imposeMetadata(
      Set<Aspect> differing, SourceFolder source, Entry from, Place place, TreePath path)
      throws IOException {
    if (!differing.isEmpty()) {
      applier.prepare(place);
      applier.metadata(source, from, place.folder());
      log.changed(Change.Kind.METADATA, path);
    }
  }

  private Set<Aspect> compare(SourceFolder source, Entry from, Place place, @Nullable Entry to)
      throws IOException {
    if (to == null) {
      return EnumSet.allOf(Aspect.class);
    }
    // What will be replaced is not claimed: its other names stay what they are.
    if (from.type() == to.type() && !groups.claim(from, to)) {
      return EnumSet.of(Aspect.CONTENT);
    }
    Folder folder = requireNonNull(place.folder());
    boolean linked = from.status().links() > 1 || to.status().links() > 1;
    return linked
        ? differ.compareRelinked(source, from, folder, to)
        : differ.compare(source, from, folder, to);
  }

  private void put(SourceFolder source, Entry from, Place place, @Nullable Entry to, TreePath path)
      throws IOException {
    applier.prepare(place);
    applier.put(source, from, place.folder());
    log.changed(to == null ? Change.Kind.CREATE : Change.Kind.UPDATE, path);
  }

  private void link(
      LinkGroups.Placed placed,
      SourceFolder source,
      Entry from,
      Place place,
      @Nullable Entry to,
      TreePath path)
      throws IOException {
    applier.prepare(place);
    try {
      applier.putHardLink(placed.path(), from.name(), place.folder());
    } catch (IOException e) {
      boolean cannotLink =
          Errno.is(e, Errno.EMLINK) || Errno.is(e, Errno.EXDEV) || Errno.is(e, Errno.EPERM);
      if (!cannotLink) {
        throw e;
      }
      applier.put(source, from, place.folder());
    }
    log.changed(to == null ? Change.Kind.CREATE : Change.Kind.UPDATE, path);
  }
}
