package org.gemel.mirror;

import static java.util.Objects.requireNonNull;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.gemel.mirror.system.Errno;
import org.gemel.mirror.system.Folder;
import org.gemel.mirror.system.SystemCallException;
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
   * Places an entry.
   *
   * @param to what the target has under the name: nothing, or anything but a folder
   */
  void place(Folder source, Entry from, Place place, @Nullable Entry to, TreePath path)
      throws SystemCallException {
    Optional<LinkGroups.Placed> other = groups.placed(from);
    if (other.isPresent()) {
      if (to == null || !other.get().is(to.status().identity())) {
        link(other.get(), source, from, place, to, path);
      }
      return;
    }
    Set<Aspect> differing = compare(source, from, place, to);
    if (to != null && !differ.needsContent(from.type(), differing)) {
      if (!differing.isEmpty()) {
        applier.prepare(place);
        applier.metadata(source, from, place.folder());
        log.changed(Change.Kind.METADATA, path);
      }
      groups.keep(from, path, to);
    } else {
      put(source, from, place, to, path);
      groups.write(from, path);
    }
  }

  private Set<Aspect> compare(Folder source, Entry from, Place place, @Nullable Entry to)
      throws SystemCallException {
    if (to == null) {
      return EnumSet.allOf(Aspect.class);
    }
    if (groups.isTaken(from, to)) {
      return EnumSet.of(Aspect.CONTENT);
    }
    return differ.compare(source, from, requireNonNull(place.folder()), to);
  }

  private void put(Folder source, Entry from, Place place, @Nullable Entry to, TreePath path)
      throws SystemCallException {
    applier.prepare(place);
    applier.put(source, from, place.folder());
    log.changed(to == null ? Change.Kind.CREATE : Change.Kind.UPDATE, path);
  }

  private void link(
      LinkGroups.Placed placed,
      Folder source,
      Entry from,
      Place place,
      @Nullable Entry to,
      TreePath path)
      throws SystemCallException {
    applier.prepare(place);
    try {
      applier.putHardLink(placed.path(), from.name(), place.folder());
    } catch (SystemCallException e) {
      boolean cannotLink =
          e.errno() == Errno.EMLINK || e.errno() == Errno.EXDEV || e.errno() == Errno.EPERM;
      if (!cannotLink) {
        throw e;
      }
      applier.put(source, from, place.folder());
    }
    log.changed(to == null ? Change.Kind.CREATE : Change.Kind.UPDATE, path);
  }
}
