package org.gemel.mirror;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.gemel.mirror.remote.ConnectionPool;
import org.gemel.mirror.remote.RemoteConnection;
import org.gemel.mirror.remote.RemoteEntry;
import org.gemel.mirror.remote.RemoteException;
import org.gemel.mirror.remote.RemoteTarget;
import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.Errno;
import org.gemel.mirror.system.FileIdentity;
import org.gemel.mirror.system.FileType;
import org.gemel.mirror.system.Folder;
import org.gemel.mirror.system.TreePath;
import org.jspecify.annotations.Nullable;

/** Looks at the top of a target on a server before anything is changed: is it what is meant? */
final class RemoteRoot {
  private static final int LONGEST_MARKER = 4096;

  private final MirrorRequest request;
  private final RemoteTarget target;
  private final SourceTree source;
  private final ConnectionPool pool;

  RemoteRoot(MirrorRequest request, RemoteTarget target, SourceTree source, ConnectionPool pool) {
    this.request = request;
    this.target = target;
    this.source = source;
    this.pool = pool;
  }

  /**
   * Finds the target's folder; makes it if only that one folder is missing and no marker would have
   * to be in it.
   *
   * @return null in a dry run whose target is not there yet
   */
  @Nullable RemoteEntry open() throws RefusedException, IOException {
    @Nullable RemoteEntry found = ask(connection -> connection.status(TreePath.ROOT)).orElse(null);
    if (found == null && request.marker().isPresent()) {
      throw RefusedException.because(
          "found no folder " + target + ", wanted one with a marker in it: is its volume mounted?");
    }
    if (found != null && found.type() != FileType.FOLDER) {
      throw RefusedException.because(
          "found a " + found.type() + " at " + target + ", wanted a folder");
    }
    if (request.marker().isPresent()) {
      EntryName name = EntryName.of(request.marker().get().fileName());
      MarkerCheck.check(
          request.marker().get(), source, () -> ask(connection -> marker(connection, name)));
    }
    if (found != null || request.dryRun()) {
      return found;
    }
    try {
      return ask(connection -> {
            RemoteWalk.makeFolder(connection, TreePath.ROOT);
            return connection.status(TreePath.ROOT);
          })
          .orElseThrow();
    } catch (RemoteException e) {
      throw RefusedException.because(
          "cannot make the folder "
              + target
              + ": "
              + e.getMessage()
              + "; wanted at least the folder it lies in");
    }
  }

  private <T> T ask(ConnectionPool.Act<T> act) throws IOException {
    return RemoteParts.ask(pool, act);
  }

  /** A marker at the top of the target; above it nothing is looked for on a server. */
  private static Optional<String> marker(RemoteConnection connection, EntryName name)
      throws IOException {
    TreePath path = TreePath.ROOT.child(name);
    if (connection.status(path).isEmpty()) {
      return Optional.empty();
    }
    try (InputStream in = connection.read(path)) {
      byte[] content = in.readNBytes(LONGEST_MARKER);
      return Optional.of(new String(content, StandardCharsets.UTF_8).strip());
    }
  }

  /**
   * Refuses a target that is the source or a folder above it, as a server on this machine can show
   * one: what was put at the top of the target would then be seen there.
   */
  void refuseNesting(EntryName probe) throws RefusedException, IOException {
    if (source.root().list().temporaries().contains(probe)) {
      throw RefusedException.because(
          "found one and the same folder as source and target, "
              + request.source()
              + "; wanted two");
    }
    if (source.local().isPresent() && isInOrAbove(source.local().get(), probe)) {
      throw RefusedException.because(
          "found the source "
              + request.source()
              + " inside the target "
              + target
              + "; wanted two trees apart from each other");
    }
  }

  private static boolean isInOrAbove(Folder lower, EntryName probe) throws IOException {
    FileIdentity before = lower.status().identity();
    Folder at = lower.openParent();
    while (true) {
      try (Folder folder = at) {
        FileIdentity identity = folder.status().identity();
        if (isThere(folder, probe)) {
          return true;
        }
        if (identity.equals(before)) {
          return false;
        }
        before = identity;
        at = folder.openParent();
      }
    }
  }

  private static boolean isThere(Folder folder, EntryName name) throws IOException {
    try {
      return folder.status(name).type() == FileType.FILE;
    } catch (IOException e) {
      if (Errno.is(e, Errno.ENOENT)) {
        return false;
      }
      throw e;
    }
  }
}
