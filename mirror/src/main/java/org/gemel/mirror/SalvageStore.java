package org.gemel.mirror;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.Errno;
import org.gemel.mirror.system.FileType;
import org.gemel.mirror.system.Folder;
import org.gemel.mirror.system.SystemCallException;
import org.gemel.mirror.system.TreePath;
import org.jspecify.annotations.Nullable;

/**
 * The salvage area of a target for the person who wants something back. Restores and purges keep
 * passes out meanwhile, by the lock that keeps passes apart.
 *
 * <p>Failures are {@link IOException}s whose message says what was found, what was wanted and what
 * to do.
 */
public final class SalvageStore implements AutoCloseable {
  private final Folder target;
  private final @Nullable SalvageArea area;

  private SalvageStore(Folder target, @Nullable SalvageArea area) {
    this.target = target;
    this.area = area;
  }

  /** Opens the area of a target; one that has none holds nothing. */
  public static SalvageStore open(TreeRoot target) throws IOException {
    Folder folder = Folder.openRoot(target.path());
    try {
      return new SalvageStore(folder, SalvageArea.find(folder).orElse(null));
    } catch (IOException e) {
      folder.close();
      throw e;
    }
  }

  /** What there is, the oldest first. */
  public List<SalvagedPass> list() throws IOException {
    List<SalvagedPass> passes = new ArrayList<>();
    for (SalvageName each : names()) {
      SalvageRemoval.Size size = purge().measure(each);
      passes.add(
          new SalvagedPass(
              each.toString(), each.begun(), size.bytes(), size.entries(), each.isPartial()));
    }
    return passes;
  }

  /**
   * Moves a thing back to where it was.
   *
   * @param path as passes print it
   * @param pass the name of the pass to take it from; empty: the last that has it
   * @param replace whether a file or link that is there now goes to the salvage in exchange
   * @return the name of the pass it was taken from
   * @throws IllegalArgumentException if the path is none
   */
  public String restore(String path, Optional<String> pass, boolean replace) throws IOException {
    TreePath wanted = PathText.parse(path);
    if (wanted.isRoot()) {
      throw new IllegalArgumentException("found no path, wanted that of a thing in the target");
    }
    lock();
    for (SalvageName each : names().reversed()) {
      if (pass.isEmpty() || each.toString().equals(pass.get())) {
        Optional<Folder> found = find(each, wanted);
        if (found.isPresent()) {
          try (Folder from = found.get()) {
            restore(from, wanted, replace);
          }
          target.syncFileSystem();
          return each.toString();
        }
      }
    }
    throw new IOException(
        "found no "
            + wanted
            + " in the salvage area"
            + pass.map(name -> " of " + name).orElse("")
            + ", wanted the path of something that a pass took: see what there is with salvage list");
  }

  private Optional<Folder> find(SalvageName pass, TreePath wanted) throws SystemCallException {
    try (Folder top = area().folder().open(pass.name())) {
      Folder folder = top.descend(wanted.parent());
      try {
        folder.status(wanted.names().getLast());
        return Optional.of(folder);
      } catch (SystemCallException e) {
        folder.close();
        throw e;
      }
    } catch (SystemCallException e) {
      if (e.errno() == Errno.ENOENT || e.errno() == Errno.ENOTDIR) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private void restore(Folder from, TreePath wanted, boolean replace) throws IOException {
    EntryName name = wanted.names().getLast();
    try (Folder to = makeParents(wanted.parent())) {
      if (from.changes().moveIfFree(name, to, name)) {
        return;
      }
      boolean folder = to.status(name).type() == FileType.FOLDER;
      if (folder || !replace) {
        throw new IOException(
            "found "
                + wanted
                + " in the target already, wanted nothing there: "
                + (folder
                    ? "restore what is missing in this folder by its own path"
                    : "move it away, or restore with --yes, which puts what is there into the salvage area"));
      }
      if (!from.changes().exchange(name, to, name)) {
        throw new IOException(
            "found a file system that cannot swap two files, wanted to put "
                + wanted
                + " back in one step: move away what is there and restore again");
      }
    }
  }

  /** Opens the folder something goes back to; what of it is missing comes back empty. */
  private Folder makeParents(TreePath path) throws SystemCallException {
    Folder at = target.descend(TreePath.ROOT);
    for (EntryName name : path.names()) {
      try (Folder above = at) {
        at = openOrMake(above, name);
      }
    }
    return at;
  }

  private static Folder openOrMake(Folder in, EntryName name) throws SystemCallException {
    try {
      return in.open(name);
    } catch (SystemCallException e) {
      if (e.errno() != Errno.ENOENT) {
        throw e;
      }
      in.changes().createFolder(name);
      return in.open(name);
    }
  }

  /**
   * Removes what passes have put there.
   *
   * @param chosen which of them
   * @return how many
   */
  public int purge(Predicate<SalvagedPass> chosen) throws IOException {
    lock();
    int removed = 0;
    for (SalvagedPass each : list()) {
      if (chosen.test(each)) {
        SalvageName name = SalvageName.parse(EntryName.of(each.name())).orElseThrow();
        long unused = purge().remove(name, Long.MAX_VALUE);
        removed++;
      }
    }
    return removed;
  }

  /** Removes what is beyond limits now. */
  public void purge(SalvageLimits limits, Instant now) throws IOException {
    if (area != null) {
      lock();
      new SalvagePurge(area, limits, () -> {}).keepLimits(now, true);
    }
  }

  private void lock() throws IOException {
    if (!target.tryLock()) {
      throw new IOException(
          "found a pass at work on this target, wanted to be alone with it: wait until it has ended");
    }
  }

  private List<SalvageName> names() throws SystemCallException {
    return area == null ? List.of() : area.passes();
  }

  private SalvageArea area() {
    return requireNonNull(area);
  }

  private SalvagePurge purge() {
    return new SalvagePurge(area(), SalvageLimits.DEFAULT, () -> {});
  }

  @Override
  public void close() {
    if (area != null) {
      area.close();
    }
    target.close();
  }
}
