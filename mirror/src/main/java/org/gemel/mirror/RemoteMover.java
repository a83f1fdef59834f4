package org.gemel.mirror;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.gemel.mirror.remote.RemoteConnection;
import org.gemel.mirror.remote.RemoteEntry;
import org.gemel.mirror.remote.RemoteException;
import org.gemel.mirror.remote.RemoteUpload;
import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.FileStatus;
import org.gemel.mirror.system.FileType;
import org.gemel.mirror.system.Timestamp;
import org.gemel.mirror.system.TreePath;
import org.jspecify.annotations.Nullable;

/**
 * Sends files, each to a temporary name in its final folder and then renamed, so that a final name
 * only ever stands for whole content. What has arrived of a large file is gone on with after an
 * interruption, as long as the source file is still in the same state.
 */
final class RemoteMover {
  /** From this size on going on is worth a look at what is there. */
  private static final long LARGE = 16L * 1024 * 1024;

  /** Sent again when going on: what a server wrote last before it died may not be what we sent. */
  private static final long AGAIN = 1024 * 1024;

  private static final int TRIES = 3;
  private static final Duration BETWEEN_TRIES = Duration.ofMillis(50);
  private static final String PART = "part-";

  private final RemoteParts parts;

  RemoteMover(RemoteParts parts) {
    this.parts = parts;
  }

  /** Puts a copy of a file in place of anything that is no folder. */
  void put(RemoteFolder folder, EntryName name) throws IOException {
    parts.times().forget(folder.child(name));
    for (int attempt = 1; attempt <= TRIES; attempt++) {
      if (attempt > 1) {
        parts.settings().waiting().pause(BETWEEN_TRIES);
      }
      if (parts.<Boolean>ask(connection -> attempt(connection, folder, name))) {
        return;
      }
      parts.log().allowStop();
    }
    throw new FileMover.SourceChangedException(
        "the source changed while it was read, " + TRIES + " times; the next pass tries again");
  }

  private boolean attempt(RemoteConnection connection, RemoteFolder folder, EntryName name)
      throws IOException {
    folder.prepare(connection);
    Attempt one = new Attempt(connection, folder);
    folder.source().read(List.of(name), one);
    if (one.failure != null) {
      throw one.failure;
    }
    return one.done;
  }

  /** One reading of a file. */
  private final class Attempt implements SourceFolder.Receiver {
    private final RemoteConnection connection;
    private final RemoteFolder folder;
    private boolean done;
    private @Nullable IOException failure;

    private Attempt(RemoteConnection connection, RemoteFolder folder) {
      this.connection = connection;
      this.folder = folder;
    }

    @Override
    public void failed(EntryName name, IOException why) {
      failure = why;
    }

    @Override
    public void file(EntryName name, SourceFile file) throws IOException {
      FileStatus status = file.status();
      if (status.type() != FileType.FILE) {
        return;
      }
      awaitNextStep(status.modified());
      Unfinished part = part(name, status);
      boolean still;
      try {
        still = send(part, file, status);
      } catch (RemoteException e) {
        if (!RemoteException.isLinkLost(e)) {
          remove(part.path, e);
        }
        throw e;
      } catch (IOException | PassLog.StopRequested | SourceLostException e) {
        keepOrRemove(part, e);
        throw e;
      }
      if (!still) {
        connection.removeFile(part.path);
        return;
      }
      connection.rename(part.path, folder.child(name));
      parts.times().put(folder.child(name), status);
      done = true;
    }

    private boolean send(Unfinished part, SourceFile file, FileStatus status) throws IOException {
      try (RemoteUpload upload = connection.write(part.path, part.from, status.permissions())) {
        long[] at = {part.from};
        boolean still =
            file.stream(
                part.from,
                (block, length) -> {
                  write(upload, block, length);
                  at[0] += length;
                });
        if (!still || at[0] != status.size()) {
          return false;
        }
        upload.finish(
            status.size(), parts.abilities().kept(status.modified()), status.permissions());
        return true;
      }
    }

    /** A block goes out in pieces if it is more than may be sent at once. */
    private void write(RemoteUpload upload, byte[] block, int length) throws IOException {
      for (int done = 0; done < length; ) {
        int piece = (int) parts.request().rate().allow(length - done, parts.log()::allowStop);
        upload.write(block, done, piece);
        done += piece;
        parts.log().moved(piece);
        parts.log().allowStop();
      }
    }

    private void keepOrRemove(Unfinished part, Exception cause) {
      if (!part.mayGoOn) {
        remove(part.path, cause);
      }
    }

    private void remove(TreePath path, Exception cause) {
      try {
        connection.removeFile(path);
      } catch (IOException e) {
        // The next pass sweeps it.
        cause.addSuppressed(e);
      }
    }

    /** Where to write, and from which byte on. */
    private Unfinished part(EntryName name, FileStatus status) throws IOException {
      if (status.size() < LARGE) {
        return new Unfinished(folder.child(parts.temporaries().next()), 0, false);
      }
      String state = state(name, status);
      EntryName mine = parts.temporaries().next(PART + state);
      RemoteEntry found = folder.unfinished().remove(state);
      folder
          .unfinished()
          .put(state, new RemoteEntry(mine, FileType.FILE, 0, null, RemoteEntry.UNKNOWN));
      TreePath path = folder.child(mine);
      if (found != null && !connection.canGoOn()) {
        RemoteDeleter.removeFile(connection, folder.child(found.name()));
      } else if (found != null && claim(folder.child(found.name()), path)) {
        long there = connection.status(path).map(RemoteEntry::size).orElse(0L);
        long from = Math.max(0, Math.min(there, status.size()) - AGAIN);
        if (from > 0) {
          return new Unfinished(path, from, true);
        }
        connection.removeFile(path);
      }
      return new Unfinished(path, 0, true);
    }

    /** Takes what is there for ourselves: of two passes only one can rename it. */
    private boolean claim(TreePath old, TreePath mine) throws IOException {
      try {
        connection.rename(old, mine);
        // It may have been finished but for its name, and so perhaps write-protected.
        if (parts.abilities().permissions()) {
          connection.permissions(mine, 0600);
        }
        return true;
      } catch (RemoteException e) {
        if (RemoteException.isLinkLost(e)) {
          throw e;
        }
        return false;
      }
    }
  }

  private record Unfinished(TreePath path, long from, boolean mayGoOn) {}

  /**
   * Waits until a time as exact as the server keeps it has passed. Two writes within one step leave
   * the same time there: a copy of the first would count as equal to the second for ever.
   */
  private void awaitNextStep(Timestamp modified) {
    if (!parts.abilities().times()) {
      return;
    }
    long step = parts.abilities().timeStep().toMillis();
    long then = parts.abilities().kept(modified).seconds() * 1000 + step;
    long left = then - parts.settings().waiting().milliseconds();
    if (left > 0 && left <= step) {
      parts.settings().waiting().pause(Duration.ofMillis(left));
    }
  }

  /** The state of a source file that an unfinished copy is of; empty if it is of none. */
  static String stateOf(EntryName temporary) {
    String text = temporary.toString();
    int at = text.indexOf(PART);
    int end = text.lastIndexOf('-');
    return at < 0 || end < at + PART.length() ? "" : text.substring(at + PART.length(), end);
  }

  /** Whether going on with a copy of this file is thought of at all. */
  static boolean isLarge(FileStatus status) {
    return status.type() == FileType.FILE && status.size() >= LARGE;
  }

  /** Names the state a file is in: its bytes cannot have changed while this is the same. */
  static String state(EntryName name, FileStatus status) {
    ByteBuffer facts = ByteBuffer.allocate(name.bytes().length + 32);
    facts.put(name.bytes()).putLong(status.size());
    facts.putLong(status.modified().seconds()).putInt(status.modified().nanos());
    facts.putLong(status.changed().seconds()).putInt(status.changed().nanos());
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(facts.array());
      return HexFormat.of().formatHex(hash, 0, 12);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
