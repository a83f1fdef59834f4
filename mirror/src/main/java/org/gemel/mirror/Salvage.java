package org.gemel.mirror;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.Errno;
import org.gemel.mirror.system.FileType;
import org.gemel.mirror.system.Folder;
import org.gemel.mirror.system.SystemCallException;
import org.gemel.mirror.system.TreePath;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what a pass takes from the target: every thing is moved by a rename into the salvage area,
 * so its content is not copied and at every instant is under its old path or under its new one.
 *
 * <p>What replaces a thing is first moved to the place the old thing is to have, and then the two
 * change places in one step: the final name is never without a thing, and the old one never under a
 * name that a sweep would take. Killed between the two, the salvage holds a copy of the new thing.
 */
final class Salvage implements Disposal {
  private static final int MOST_LAYERS = 100;

  private final Folder target;
  private final SalvageLimits limits;
  private final SalvageName own;
  private final PassLog log;

  /** Held for reading while something is moved in, for writing while something is removed. */
  private final ReadWriteLock inUse = new ReentrantReadWriteLock();

  private final List<Folder> layers = new ArrayList<>();
  private @Nullable SalvageArea area;
  private final AtomicInteger timesRoomWasMade = new AtomicInteger();

  Salvage(Folder target, SalvageLimits limits, Instant begun, PassLog log) {
    byte[] pass = new byte[8];
    new SecureRandom().nextBytes(pass);
    this.target = target;
    this.limits = limits;
    this.own = SalvageName.of(begun, HexFormat.of().formatHex(pass));
    this.log = log;
  }

  /** Something done with the folder of the salvage that stands for a folder of the target. */
  private interface Move {
    /** Returns false if this folder has something of that name already. */
    boolean into(Folder slot) throws SystemCallException;
  }

  @Override
  public void replace(Folder in, EntryName made, EntryName name) throws SystemCallException {
    if (!in.changes().moveIfFree(made, in, name)) {
      if (in.status(name).type() == FileType.FOLDER) {
        throw SystemCallException.ofRename(Errno.EISDIR, in.path().child(name).toString());
      }
      move(in, slot -> changePlaces(in, made, name, slot));
      log.salvaged(1);
    }
  }

  @Override
  public void replaceByFolder(Folder in, EntryName made, EntryName name)
      throws SystemCallException {
    replace(in, made, name);
  }

  private static boolean changePlaces(Folder in, EntryName made, EntryName name, Folder slot)
      throws SystemCallException {
    if (!in.changes().moveIfFree(made, slot, name)) {
      return false;
    }
    try {
      if (slot.changes().exchange(name, in, name)) {
        return true;
      }
    } catch (SystemCallException e) {
      boolean unused = slot.changes().moveIfFree(name, in, made);
      throw e;
    }
    // A file system that cannot swap: the name has nothing for a moment, the old thing is safe.
    boolean back = slot.changes().moveIfFree(name, in, made);
    boolean taken = back && in.changes().moveIfFree(name, slot, name);
    if (taken) {
      in.changes().rename(made, name);
    }
    return taken;
  }

  @Override
  public void removeFile(Folder in, EntryName name) throws SystemCallException {
    move(in, slot -> in.changes().moveIfFree(name, slot, name));
    log.salvaged(1);
  }

  @Override
  public boolean takesWholeFolders() {
    return true;
  }

  @Override
  public void removeFolder(Folder in, EntryName name, long entries) throws SystemCallException {
    move(in, slot -> in.changes().moveIfFree(name, slot, name));
    log.salvaged(entries);
  }

  private void move(Folder from, Move move) throws SystemCallException {
    int before = timesRoomWasMade.get();
    try {
      moveOnce(from.path(), move);
    } catch (SystemCallException e) {
      if (!Errno.isNoRoom(e) || !makeRoom(before, 0)) {
        throw e;
      }
      moveOnce(from.path(), move);
    }
  }

  private void moveOnce(TreePath path, Move move) throws SystemCallException {
    inUse.readLock().lock();
    try {
      for (int number = 1; number <= MOST_LAYERS; number++) {
        try (Folder slot = slot(number, path)) {
          if (move.into(slot)) {
            return;
          }
        } catch (SystemCallException e) {
          // Where this pass salvaged a file it cannot salvage what is in a folder of that name.
          if (e.errno() != Errno.ENOTDIR && e.errno() != Errno.ELOOP) {
            throw explain(e);
          }
        }
      }
    } finally {
      inUse.readLock().unlock();
    }
    throw SystemCallException.ofRename(Errno.EEXIST, SalvageArea.NAME + "/" + own + "/" + path);
  }

  private static SystemCallException explain(SystemCallException e) {
    return e.errno() == Errno.EXDEV
        ? e.saying(
            "a mounted file system cannot be salvaged from, so it stays as it is; exclude it, or mirror without"
                + " --delete=salvage")
        : e;
  }

  /** Opens the salvage's folder for a folder of the target, and makes it if there is none. */
  private Folder slot(int number, TreePath path) throws SystemCallException {
    Folder at = layer(number).descend(TreePath.ROOT);
    for (EntryName name : path.names()) {
      try (Folder above = at) {
        at = openOrMake(above, name);
      }
    }
    return at;
  }

  private synchronized Folder layer(int number) throws SystemCallException {
    if (area == null) {
      area = SalvageArea.make(target);
    }
    while (layers.size() < number) {
      EntryName name = own.layer(layers.size() + 1).name();
      layers.add(openOrMake(area.folder(), name));
    }
    return layers.get(number - 1);
  }

  private static Folder openOrMake(Folder in, EntryName name) throws SystemCallException {
    try {
      return in.open(name);
    } catch (SystemCallException e) {
      if (e.errno() != Errno.ENOENT) {
        throw e;
      }
    }
    try {
      in.changes().createFolder(name);
    } catch (SystemCallException e) {
      // By another thread of this pass.
      if (e.errno() != Errno.EEXIST) {
        throw e;
      }
    }
    return in.open(name);
  }

  @Override
  public int timesRoomWasMade() {
    return timesRoomWasMade.get();
  }

  @Override
  public boolean makeRoom(int before, long wanted) {
    inUse.writeLock().lock();
    try {
      if (timesRoomWasMade.get() != before) {
        return true;
      }
      Optional<SalvageArea> found = area();
      if (found.isEmpty()) {
        return false;
      }
      // Its own may be among what goes: what is salvaged after this gets a new folder.
      closeLayers();
      boolean made = new SalvagePurge(found.get(), limits, () -> {}).makeRoom(wanted);
      timesRoomWasMade.addAndGet(made ? 1 : 0);
      return made;
    } catch (IOException e) {
      log.failed(TreePath.ROOT.child(SalvageArea.NAME), e);
      return false;
    } finally {
      inUse.writeLock().unlock();
    }
  }

  @Override
  public void end() {
    inUse.writeLock().lock();
    try {
      Optional<SalvageArea> found = area();
      if (found.isPresent()) {
        new SalvagePurge(found.get(), limits, log::allowStop)
            .keepLimits(own.begun(), log.counts().salvaged() > 0);
      }
    } catch (IOException e) {
      log.failed(TreePath.ROOT.child(SalvageArea.NAME), e);
    } finally {
      inUse.writeLock().unlock();
    }
  }

  private synchronized Optional<SalvageArea> area() throws SystemCallException {
    if (area == null) {
      area = SalvageArea.find(target).orElse(null);
    }
    return Optional.ofNullable(area);
  }

  private synchronized void closeLayers() {
    layers.forEach(Folder::close);
    layers.clear();
  }

  @Override
  public void close() {
    closeLayers();
    if (area != null) {
      area.close();
    }
  }
}
