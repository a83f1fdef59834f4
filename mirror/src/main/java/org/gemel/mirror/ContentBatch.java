package org.gemel.mirror;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.gemel.mirror.system.Errno;
import org.gemel.mirror.system.FilePiece;
import org.gemel.mirror.system.FileStatus;
import org.gemel.mirror.system.Folder;
import org.gemel.mirror.system.OpenFile;
import org.gemel.mirror.system.TreePath;
import org.jspecify.annotations.Nullable;

/**
 * Files of one pair of folders whose content is to be read: many small ones, or a single large one
 * that several threads read in stripes. A file is looked at before and after through the descriptor
 * it is read by; if it changed since the folder was listed, nothing is said of its content but
 * that.
 */
final class ContentBatch implements Workers.Task {
  /** A file of both trees, or of the one that is read alone, and in what else it differs. */
  record Pair(Entry from, @Nullable Entry to, Set<Aspect> aspects) {}

  /** Told what came of a file. */
  interface Outcome {
    void read(TreePath path, Set<Aspect> aspects);
  }

  private static final int MOST_FILES = 128;
  private static final long ENOUGH_BYTES = ContentReading.STRIPE / 2;

  private final ComparedFolders folders;
  private final ComparisonParts parts;
  private final Outcome outcome;
  private final List<Pair> pairs = new ArrayList<>();
  private long bytes;

  /** An empty batch; retains the folders until it is run or abandoned. */
  ContentBatch(ComparedFolders folders, ComparisonParts parts, Outcome outcome) {
    this.folders = folders;
    this.parts = parts;
    this.outcome = outcome;
    folders.retain();
  }

  /** Adds a file; true if the batch is full with it. */
  boolean add(Pair pair) {
    pairs.add(pair);
    bytes += pair.from().status().size();
    return pairs.size() >= MOST_FILES || bytes >= ENOUGH_BYTES;
  }

  boolean isEmpty() {
    return pairs.isEmpty();
  }

  @Override
  public void abandon() {
    folders.release();
  }

  @Override
  public void run() {
    try {
      for (Pair each : pairs) {
        parts.log().allowStop();
        Opened opened = open(each);
        if (opened != null) {
          opened.readAll();
        }
      }
    } finally {
      folders.release();
    }
  }

  private @Nullable Opened open(Pair pair) {
    try {
      OpenFile one = folders.one().openFile(pair.from().name());
      try {
        Folder second = folders.other();
        Entry to = pair.to();
        OpenFile other = second == null || to == null ? null : second.openFile(to.name());
        return new Opened(pair, one, other);
      } catch (IOException | RuntimeException e) {
        one.close();
        throw e;
      }
    } catch (IOException e) {
      failed(pair, e);
      return null;
    }
  }

  private void failed(Pair pair, IOException e) {
    TreePath path = folders.path().child(pair.from().name());
    if (Errno.is(e, Errno.ENOENT)) {
      parts.log().failed(path, "vanished while the trees were compared; compare again");
    } else {
      parts.log().failed(path, e);
    }
  }

  /** A pair of open files; the last reader closes them and says what came of it. */
  private final class Opened {
    private final Pair pair;
    private final OpenFile one;
    private final @Nullable OpenFile other;
    private final ContentReading reading;
    private final long stripes;
    private final AtomicLong next = new AtomicLong();
    private final AtomicInteger readers = new AtomicInteger(1);
    private volatile boolean failed;

    Opened(Pair pair, OpenFile one, @Nullable OpenFile other) {
      this.pair = pair;
      this.one = one;
      this.other = other;
      long size = pair.from().status().size();
      this.stripes = ContentReading.stripes(size);
      boolean hash = folders.digest() != null;
      this.reading = new ContentReading(one, other, size, parts.pace(), hash);
      if (parts.options().fromStorage()) {
        FilePiece.dropCached(one);
        if (other != null) {
          FilePiece.dropCached(other);
        }
      }
    }

    /** Reads it, with the help of other workers if it is long. */
    void readAll() {
      long helpers = Math.min(stripes, parts.options().threads()) - 1;
      for (int i = 0; i < helpers; i++) {
        readers.incrementAndGet();
        folders.retain();
        parts.workers().submit(new Stripes(this));
      }
      readStripes();
    }

    void readStripes() {
      try {
        for (long at = next.getAndIncrement(); at < stripes; at = next.getAndIncrement()) {
          parts.log().moved(reading.read(at));
          parts.log().saw(0, 0, folders.path());
        }
      } catch (IOException e) {
        failed = true;
        ContentBatch.this.failed(pair, e);
      } catch (RuntimeException e) {
        failed = true;
        throw e;
      } finally {
        leave();
      }
    }

    void leave() {
      if (readers.decrementAndGet() > 0) {
        return;
      }
      try (one;
          other) {
        if (!failed) {
          conclude();
        }
      } catch (IOException e) {
        ContentBatch.this.failed(pair, e);
      }
    }

    private void conclude() throws IOException {
      TreePath path = folders.path().child(pair.from().name());
      Entry to = pair.to();
      if (!isStill(one, pair.from().status())
          || (other != null && to != null && !isStill(other, to.status()))) {
        parts.log().failed(path, "changed while it was compared; compare again");
        return;
      }
      if (!reading.isAlike() && to == null) {
        parts.log().failed(path, "is shorter than its size says: the storage is damaged");
        return;
      }
      Set<Aspect> aspects = EnumSet.noneOf(Aspect.class);
      aspects.addAll(pair.aspects());
      if (!reading.isAlike()) {
        aspects.add(Aspect.CONTENT);
      }
      FolderDigest digest = folders.digest();
      if (digest != null) {
        digest.put(pair.from().name(), reading.hash());
      }
      outcome.read(path, aspects);
    }

    private static boolean isStill(OpenFile file, FileStatus listed) throws IOException {
      return file.status().sameState(listed);
    }
  }

  /** A further reader of a long file. */
  private final class Stripes implements Workers.Task {
    private final Opened opened;

    Stripes(Opened opened) {
      this.opened = opened;
    }

    @Override
    public void run() {
      try {
        opened.readStripes();
      } finally {
        folders.release();
      }
    }

    @Override
    public void abandon() {
      opened.failed = true;
      opened.leave();
      folders.release();
    }
  }
}
