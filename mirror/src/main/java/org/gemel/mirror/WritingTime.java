package org.gemel.mirror;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.Folder;
import org.gemel.mirror.system.TreePath;
import org.jspecify.annotations.Nullable;

/**
 * Adds up the time a pass spends on changing the target. What is left of its time went into
 * looking.
 */
final class WritingTime {
  private interface Act<T extends @Nullable Object> {
    T run() throws IOException;
  }

  private final AtomicLong nanos = new AtomicLong();

  void add(long more) {
    nanos.addAndGet(more);
  }

  Duration total() {
    return Duration.ofNanos(nanos.get());
  }

  private <T extends @Nullable Object> T timed(Act<T> act) throws IOException {
    long before = System.nanoTime();
    try {
      return act.run();
    } finally {
      nanos.addAndGet(System.nanoTime() - before);
    }
  }

  /** An applier that does the same and has its time taken. */
  Applier measure(Applier applier) {
    return new Applier() {
      @Override
      public @Nullable Folder replaceByFolder(@Nullable Folder parent, EntryName name)
          throws IOException {
        return WritingTime.this.<@Nullable Folder>timed(
            () -> applier.replaceByFolder(parent, name));
      }

      @Override
      public Place stage(Place parent, TreePath path) throws IOException {
        return timed(() -> applier.stage(parent, path));
      }

      @Override
      public Folder moveFolder(Folder from, EntryName name, @Nullable Folder to, EntryName newName)
          throws IOException {
        return timed(() -> applier.moveFolder(from, name, to, newName));
      }

      @Override
      public boolean moveFile(Folder from, EntryName name, @Nullable Folder to, EntryName newName)
          throws IOException {
        return timed(() -> applier.moveFile(from, name, to, newName));
      }

      @Override
      public void publish(Place parent, Place staged) throws IOException {
        act(() -> applier.publish(parent, staged));
      }

      @Override
      public void discard(Place parent, Place staged) throws IOException {
        act(() -> applier.discard(parent, staged));
      }

      @Override
      public void put(FolderWork work, List<Entry> files, Consumer<Entry> done) {
        long before = System.nanoTime();
        try {
          applier.put(work, files, done);
        } finally {
          nanos.addAndGet(System.nanoTime() - before);
        }
      }

      @Override
      public void put(SourceFolder from, Entry entry, @Nullable Folder to) throws IOException {
        act(() -> applier.put(from, entry, to));
      }

      @Override
      public void putHardLink(TreePath existing, EntryName name, @Nullable Folder to)
          throws IOException {
        act(() -> applier.putHardLink(existing, name, to));
      }

      @Override
      public void metadata(SourceFolder from, Entry entry, @Nullable Folder to) throws IOException {
        act(() -> applier.metadata(from, entry, to));
      }

      @Override
      public void prepare(Place place) throws IOException {
        applier.prepare(place);
      }

      @Override
      public boolean sweep(Folder folder, EntryName temporary) throws IOException {
        return applier.sweep(folder, temporary);
      }
    };
  }

  private interface Deed {
    void run() throws IOException;
  }

  private void act(Deed deed) throws IOException {
    this.<@Nullable Object>timed(
        () -> {
          deed.run();
          return null;
        });
  }
}
