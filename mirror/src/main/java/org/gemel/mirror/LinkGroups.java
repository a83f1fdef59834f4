package org.gemel.mirror;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.gemel.mirror.system.FileIdentity;
import org.gemel.mirror.system.TreePath;
import org.jspecify.annotations.Nullable;

/**
 * Which names of the source are one file, and which file of the target stands for it. Holds only
 * inodes with several names.
 *
 * <p>The names of one file are placed one after the other, under its lock: the second becomes a
 * link to what the first was placed as.
 */
final class LinkGroups {
  /**
   * Where a source file with several names has been put.
   *
   * @param target the inode there; null if it was written in this pass, so that no older name can
   *     be it
   */
  record Placed(TreePath path, @Nullable FileIdentity target) {
    boolean is(FileIdentity found) {
      return found.equals(target);
    }
  }

  private static final int LOCKS = 64;

  private final Map<FileIdentity, Placed> placed = new ConcurrentHashMap<>();
  private final Map<FileIdentity, FileIdentity> sourceOfTarget = new ConcurrentHashMap<>();
  private final Set<FileIdentity> conflicts = ConcurrentHashMap.newKeySet();
  private final ReentrantLock[] locks = new ReentrantLock[LOCKS];

  LinkGroups() {
    for (int i = 0; i < LOCKS; i++) {
      locks[i] = new ReentrantLock();
    }
  }

  /** The lock of a source file, whatever its name. */
  ReentrantLock lock(Entry source) {
    return locks[Math.floorMod(source.status().identity().hashCode(), LOCKS)];
  }

  /** Where another name of this source file already is in the target. */
  Optional<Placed> placed(Entry source) {
    return source.status().links() > 1
        ? Optional.ofNullable(placed.get(source.status().identity()))
        : Optional.empty();
  }

  /**
   * Claims a target inode for a source file. If it stands for another one already it has to be
   * written anew under this name: one inode cannot be two files.
   *
   * @return whether it is this source file's now
   */
  boolean claim(Entry source, Entry target) {
    if (target.status().links() < 2) {
      return true;
    }
    FileIdentity wanted = source.status().identity();
    FileIdentity before = sourceOfTarget.putIfAbsent(target.status().identity(), wanted);
    return before == null || before.equals(wanted);
  }

  /** Gives a claim back: the name is replaced, and the inode may do for its other names. */
  void release(Entry source, Entry target) {
    sourceOfTarget.remove(target.status().identity(), source.status().identity());
  }

  /** Notes that the target's inode stays, and stands for a source file. */
  void keep(Entry source, TreePath path, Entry target) {
    place(source, path, target.status().identity());
  }

  /**
   * Notes that two target inodes would do for a source file, or two source files want one: then it
   * depends on which name is met first what is kept.
   */
  void conflict(Entry source, Entry target) {
    conflicts.add(source.status().identity());
    FileIdentity other = sourceOfTarget.get(target.status().identity());
    if (other != null) {
      conflicts.add(other);
    }
  }

  /** The source files in conflict, as if none of their names had been met. */
  Set<FileIdentity> takeConflicts() {
    Set<FileIdentity> taken = Set.copyOf(conflicts);
    conflicts.clear();
    placed.keySet().removeAll(taken);
    sourceOfTarget.values().removeAll(taken);
    return taken;
  }

  /** Notes that a source file was written anew. */
  void write(Entry source, TreePath path) {
    place(source, path, null);
  }

  private void place(Entry source, TreePath path, @Nullable FileIdentity target) {
    if (source.status().links() > 1) {
      placed.put(source.status().identity(), new Placed(path, target));
    }
  }
}
