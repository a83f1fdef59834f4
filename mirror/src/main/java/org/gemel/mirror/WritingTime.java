package org.gemel.mirror;

import java.time.Duration;
import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.Folder;
import org.gemel.mirror.system.SystemCallException;
import org.gemel.mirror.system.TreePath;
import org.jspecify.annotations.Nullable;

/**
 * Adds up the time a pass spends on changing the target. What is left of its time went into
 * looking.
 */
final class WritingTime {
  private interface Act<T extends @Nullable Object> {
    T run() throws SystemCallException;
  }

  private long nanos;

  void add(long more) {
    nanos += more;
  }

  Duration total() {
    return Duration.ofNanos(nanos);
  }

  private <T extends @Nullable Object> T timed(Act<T> act) throws SystemCallException {
    long before = System.nanoTime();
    try {
      return act.run();
    } finally {
      nanos += System.nanoTime() - before;
    }
  }

  /** An applier that does the same and has its time taken. */
  Applier measure(Applier applier) {
    return new Applier() {
      @Override
      public @Nullable Folder putFolder(@Nullable Folder parent, EntryName name, boolean replacing)
          throws SystemCallException {
        return WritingTime.this.<@Nullable Folder>timed(
            () -> applier.putFolder(parent, name, replacing));
      }

      @Override
      public void put(Folder from, Entry entry, @Nullable Folder to) throws SystemCallException {
        act(() -> applier.put(from, entry, to));
      }

      @Override
      public void putHardLink(TreePath existing, EntryName name, @Nullable Folder to)
          throws SystemCallException {
        act(() -> applier.putHardLink(existing, name, to));
      }

      @Override
      public void metadata(Folder from, Entry entry, @Nullable Folder to)
          throws SystemCallException {
        act(() -> applier.metadata(from, entry, to));
      }

      @Override
      public void prepare(Place place) throws SystemCallException {
        applier.prepare(place);
      }

      @Override
      public boolean sweep(Folder folder, EntryName temporary) throws SystemCallException {
        return applier.sweep(folder, temporary);
      }
    };
  }

  private interface Deed {
    void run() throws SystemCallException;
  }

  private void act(Deed deed) throws SystemCallException {
    this.<@Nullable Object>timed(
        () -> {
          deed.run();
          return null;
        });
  }
}
