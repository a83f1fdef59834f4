package org.gemel.mirror.watch;

import java.util.List;
import org.gemel.mirror.system.EventQueue;
import org.gemel.mirror.system.Fanotify;
import org.gemel.mirror.system.FileHandle;
import org.gemel.mirror.system.Pollable;
import org.gemel.mirror.system.SystemCallException;
import org.gemel.mirror.system.TreePath;
import org.gemel.mirror.system.Whereabouts;

/**
 * Events of the root's whole file system. Everybody's files are seen, also what the mirror writes
 * to a target there; what lies outside is dropped by its folder's handle before anything is asked.
 */
final class FanotifySource implements EventSource {
  /** Deletion and moves of the watched inodes themselves are left out: their folders tell them. */
  private static final long WANTED =
      FanotifyEvent.MODIFY
          | FanotifyEvent.ATTRIBUTES
          | FanotifyEvent.CLOSED_AFTER_WRITING
          | FanotifyEvent.CREATE
          | FanotifyEvent.DELETE
          | FanotifyEvent.RENAME
          | FanotifyEvent.ON_FOLDER;

  /** Somebody who moves folders without a pause must not keep everybody else waiting. */
  private static final int MOST_ROUNDS = 4;

  private final EventQueue queue;
  private final FileHandle root;
  private final FolderHandles places;
  private final Telling<FileHandle> telling;

  private FanotifySource(EventQueue queue, FileHandle root, WatchRequest request) {
    this.queue = queue;
    this.root = root;
    this.places = new FolderHandles(request.root(), request.ignored());
    this.telling = new Telling<>(places, new Visible(request.temporary()));
  }

  /**
   * Marks the root's file system.
   *
   * @throws SystemCallException if this process or this file system may not be watched so
   */
  static FanotifySource open(WatchRequest request) throws SystemCallException {
    FileHandle root = FileHandle.of(request.root());
    EventQueue queue = Fanotify.open();
    try {
      Fanotify.watchFileSystem(queue, request.root(), WANTED);
      // Says at once if handles cannot be opened here, rather than with the first event.
      Whereabouts.of(request.root(), root);
      return new FanotifySource(queue, root, request);
    } catch (SystemCallException e) {
      queue.close();
      throw e;
    }
  }

  @Override
  public List<Pollable> queues() {
    return List.of(queue);
  }

  /**
   * Reads until no folder has moved while it was asked where folders are: then all paths of an
   * await() are of one time, and no rename that made them is still to come.
   */
  @Override
  public List<Hint> read() throws SystemCallException {
    FanotifyReading reading = new FanotifyReading(root, places);
    drain(reading);
    int rounds = 0;
    do {
      reading.forgetMovedPlaces();
      places.refresh();
      reading.batch().folders().forEach(places::locate);
      drain(reading);
      rounds++;
    } while (reading.movedPlaces() && rounds < MOST_ROUNDS);
    reading.finish();
    return telling.tell(reading.batch());
  }

  private void drain(FanotifyReading reading) throws SystemCallException {
    while (!reading.batch().isFull()) {
      byte[] bytes = queue.read();
      if (bytes.length == 0) {
        return;
      }
      reading.take(bytes);
    }
  }

  @Override
  public void mountsChanged(List<TreePath> changed) {
    // A mark is on the file system, whatever is mounted over it.
  }

  @Override
  public Method method() {
    return new Method(Method.Way.FANOTIFY, true, "one mark on the whole file system");
  }

  @Override
  public void close() {
    queue.close();
  }
}
