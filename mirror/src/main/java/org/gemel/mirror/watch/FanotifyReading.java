package org.gemel.mirror.watch;

import java.util.LinkedHashMap;
import java.util.Map;
import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.FileHandle;
import org.jspecify.annotations.Nullable;

/**
 * What one await() reads of fanotify: events become marks, what is known to be outside is dropped.
 */
final class FanotifyReading {
  private final FileHandle root;
  private final FolderHandles places;
  private final Batch<FileHandle> batch = new Batch<>();

  /** Inodes of which no folder was named, with what happened to them. */
  private final Map<FileHandle, Long> nameless = new LinkedHashMap<>();

  private boolean pathsChanged;

  FanotifyReading(FileHandle root, FolderHandles places) {
    this.root = root;
    this.places = places;
  }

  Batch<FileHandle> batch() {
    return batch;
  }

  /** Takes a buffer of events as the kernel wrote it. */
  void take(byte[] bytes) {
    try {
      FanotifyEvents.parse(bytes).forEach(this::take);
    } catch (IllegalArgumentException unknown) {
      lost(String.valueOf(unknown.getMessage()));
    }
  }

  private void take(FanotifyEvent event) {
    FanotifyEvent.End end = event.end();
    if (event.has(FanotifyEvent.OVERFLOW)) {
      lost("the kernel's queue of events was full");
    } else if (event.has(FanotifyEvent.RENAME)) {
      renamed(event);
    } else if (end != null) {
      changed(event, end.folder(), end.name());
    } else if (event.object() != null) {
      nameless.merge(event.object(), event.mask(), (one, other) -> one | other);
    } else {
      lost("an event named neither folder nor file");
    }
  }

  private void renamed(FanotifyEvent event) {
    FanotifyEvent.End from = event.end();
    FanotifyEvent.End to = event.toEnd();
    if (from == null || from.name() == null || to == null || to.name() == null) {
      lost("a rename did not name both its ends");
    } else if (root.equals(event.object())) {
      batch.add(new Mark.RootGone<>("the root was renamed"));
    } else if (!places.isKnownOutside(from.folder()) || !places.isKnownOutside(to.folder())) {
      boolean folder = event.has(FanotifyEvent.ON_FOLDER);
      pathsChanged |= folder;
      batch.add(
          new Mark.Moved<>(
              from.folder(), from.name(), to.folder(), to.name(), folder, event.object()));
    }
  }

  private void changed(FanotifyEvent event, FileHandle folder, @Nullable EntryName name) {
    FileHandle object = event.object();
    boolean removed = event.has(FanotifyEvent.DELETE);
    if (object != null && (removed || event.has(FanotifyEvent.CREATE))) {
      // The nameless event beside a link or unlink is only about the number of names.
      nameless.remove(object, FanotifyEvent.ATTRIBUTES);
    }
    if (places.isKnownOutside(folder)) {
      return;
    }
    if (name == null) {
      batch.add(new Mark.Itself<>(folder));
    } else if (removed && event.has(FanotifyEvent.ON_FOLDER)) {
      removedFolder(folder, name, object);
    } else {
      batch.add(new Mark.Touched<>(folder, name));
    }
  }

  private void removedFolder(FileHandle parent, EntryName name, @Nullable FileHandle object) {
    if (root.equals(object)) {
      batch.add(new Mark.RootGone<>("the root was removed"));
      return;
    }
    if (object != null) {
      places.removed(object, parent, name);
    }
    batch.add(new Mark.Below<>(parent, name, "a folder was removed here"));
  }

  private void lost(String why) {
    pathsChanged = true;
    batch.add(new Mark.Everything<>(why));
  }

  /** Whether folders moved since their places were asked for. */
  boolean movedPlaces() {
    return pathsChanged;
  }

  void forgetMovedPlaces() {
    if (pathsChanged) {
      places.forget();
    }
    pathsChanged = false;
  }

  /** Nothing more comes with this await(). */
  void finish() {
    forgetMovedPlaces();
    for (FileHandle file : nameless.keySet()) {
      places.forget(file);
      batch.add(new Mark.Itself<>(file));
    }
  }
}
