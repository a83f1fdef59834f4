package org.gemel.mirror;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Gathers the files of one folder whose content has to be moved, and hands them on in batches: many
 * small ones together, so that a source behind a link is asked once for all of them, large ones by
 * themselves, so that several threads share a folder's work.
 */
final class FileBatches {
  private static final int MOST_FILES = 64;
  private static final long MOST_BYTES = 4L * 1024 * 1024;

  private final FolderWork work;
  private final PassParts parts;
  private Map<Entry, Change.Kind> gathered = new LinkedHashMap<>();
  private long bytes;

  FileBatches(FolderWork work, PassParts parts) {
    this.work = work;
    this.parts = parts;
  }

  void add(Entry entry, Change.Kind kind) {
    long size = entry.status().size();
    if (!gathered.isEmpty() && bytes + size > MOST_BYTES) {
      handOn();
    }
    gathered.put(entry, kind);
    bytes += size;
    if (gathered.size() >= MOST_FILES) {
      handOn();
    }
  }

  /** Moves what is left, on this thread. */
  void end() {
    if (!gathered.isEmpty()) {
      new Batch(gathered).move();
    }
  }

  private void handOn() {
    Batch batch = new Batch(gathered);
    gathered = new LinkedHashMap<>();
    bytes = 0;
    if (parts.workers().isBusy()) {
      batch.move();
    } else {
      work.retainContent();
      parts.workers().submit(batch);
    }
  }

  private final class Batch implements Workers.Task {
    private final Map<Entry, Change.Kind> files;

    private Batch(Map<Entry, Change.Kind> files) {
      this.files = files;
    }

    @Override
    public void run() {
      try {
        move();
      } finally {
        work.releaseContent();
      }
    }

    @Override
    public void abandon() {
      work.releaseContent();
    }

    private void move() {
      List<Entry> entries = new ArrayList<>(files.keySet());
      parts
          .applier()
          .put(
              work,
              entries,
              done ->
                  parts
                      .log()
                      .changed(
                          requireNonNull(files.get(done)), work.place().path().child(done.name())));
    }
  }
}
