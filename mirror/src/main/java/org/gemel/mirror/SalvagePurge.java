package org.gemel.mirror;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.gemel.mirror.SalvageRemoval.Size;
import org.gemel.mirror.system.Folder;
import org.gemel.mirror.system.SystemCallException;
import org.gemel.mirror.system.VolumeRoom;

/**
 * Keeps a salvage area within its limits. The oldest pass goes first and as a whole, so that what
 * can be restored of a pass is all of it; only of the last one left a part stays, and its name says
 * so.
 */
final class SalvagePurge {
  private final SalvageArea area;
  private final SalvageLimits limits;
  private final Runnable allowStop;
  private int removed;

  SalvagePurge(SalvageArea area, SalvageLimits limits, Runnable allowStop) {
    this.area = area;
    this.limits = limits;
    this.allowStop = allowStop;
  }

  /** How many passes' folders are gone, or only in part there, by this. */
  int removed() {
    return removed;
  }

  /**
   * Removes what is too old, too much, or in the way of what the volume needs free.
   *
   * @param grew whether something was added: only then what there is has to be measured
   */
  void keepLimits(Instant now, boolean grew) throws SystemCallException {
    List<SalvageName> left = new ArrayList<>(area.passes());
    Instant oldest = now.minus(limits.age());
    while (!left.isEmpty() && left.getFirst().begun().isBefore(oldest)) {
      remove(left.removeFirst(), Long.MAX_VALUE);
    }
    if (left.isEmpty()) {
      return;
    }
    VolumeRoom room = area.folder().volume();
    long missing = limits.leastFree().of(room.total()) - room.available();
    if (!grew && missing <= 0) {
      return;
    }
    long most = limits.size().of(room.total());
    List<Long> sizes = new ArrayList<>();
    for (SalvageName each : left) {
      sizes.add(measure(each).bytes());
    }
    long sum = sizes.stream().mapToLong(Long::longValue).sum();
    long tooMuch = Math.max(missing, sum - most);
    while (tooMuch > 0 && !left.isEmpty()) {
      boolean part = left.size() == 1 && sizes.getFirst() > tooMuch;
      tooMuch -= Math.max(0, remove(left.removeFirst(), part ? tooMuch : Long.MAX_VALUE));
      sizes.removeFirst();
    }
  }

  /**
   * Removes the oldest until so many bytes are free, at least one pass' if there is one.
   *
   * @return whether anything went
   */
  boolean makeRoom(long wanted) throws SystemCallException {
    for (SalvageName each : area.passes()) {
      if (removed > 0 && area.folder().volume().available() >= wanted) {
        break;
      }
      remove(each, Long.MAX_VALUE);
      // Some file systems give storage back only then.
      area.folder().syncFileSystem();
    }
    return removed > 0;
  }

  Size measure(SalvageName pass) throws SystemCallException {
    try (Folder folder = area.folder().open(pass.name())) {
      return new SalvageRemoval(allowStop).measure(folder);
    }
  }

  /** Removes one pass' folder, or a part of it, and says how many bytes that freed. */
  long remove(SalvageName pass, long enough) throws SystemCallException {
    SalvageName now = pass.partial();
    if (!pass.isPartial()) {
      // First, so that whatever interrupts this, what is left does not look like all of it.
      area.folder().changes().rename(pass.name(), now.name());
    }
    SalvageRemoval removal = new SalvageRemoval(allowStop);
    boolean unused = removal.remove(area.folder(), now.name(), enough);
    removed++;
    return removal.freed();
  }
}
