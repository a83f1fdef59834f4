package org.gemel.mirror.remote.ftp;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import org.gemel.mirror.remote.RemoteAbilities;
import org.gemel.mirror.remote.RemoteEntry;
import org.gemel.mirror.remote.RemoteException;
import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.Timestamp;
import org.gemel.mirror.system.TreePath;

/**
 * Finds out what a server can do. What it says of itself is not much and not always true, so it is
 * tried out on a file that is removed again; where nothing may be written it is believed.
 */
final class FtpAbilities {
  private static final Timestamp SOME_TIME = new Timestamp(1_000_000_000, 0);
  private static final int SOME_MODE = 0640;
  private static final EntryName NOTED_TIMES = EntryName.of(".gemel-times");

  private final FtpConnection connection;
  private final boolean mayProbe;

  FtpAbilities(FtpConnection connection, boolean mayProbe) {
    this.connection = connection;
    this.mayProbe = mayProbe;
  }

  RemoteAbilities find() throws IOException {
    if (!mayProbe) {
      connection.chooseListing();
      boolean noted = connection.status(TreePath.ROOT.child(NOTED_TIMES)).isPresent();
      return abilities(connection.saysTimes() && !noted, false, connection.saysModes(), false);
    }
    String random = HexFormat.of().formatHex(new SecureRandom().generateSeed(8));
    TreePath one = TreePath.ROOT.child(EntryName.of(".gemel-tmp-" + random + "-probe"));
    TreePath other = TreePath.ROOT.child(EntryName.of(".gemel-tmp-" + random + "-probe2"));
    try {
      connection.writeEmpty(one);
      connection.chooseListing();
      boolean times = attempt(() -> connection.modified(one, SOME_TIME));
      boolean modes = attempt(() -> connection.permissions(one, SOME_MODE));
      Optional<RemoteEntry> found =
          connection.list(TreePath.ROOT).entries().stream()
              .filter(each -> each.name().equals(one.names().getLast()))
              .findFirst();
      times &= found.isPresent() && SOME_TIME.equals(found.get().modified());
      modes &= found.map(each -> each.permissions() == SOME_MODE).orElse(false);
      connection.writeEmpty(other);
      boolean atomic = attempt(() -> connection.renameOver(one, other));
      return abilities(times, times && folderTimes(one), modes, atomic);
    } finally {
      attempt(() -> connection.removeFile(one));
      attempt(() -> connection.removeFile(other));
    }
  }

  private boolean folderTimes(TreePath path) throws IOException {
    if (!attempt(() -> connection.removeFile(path)) && connection.status(path).isPresent()) {
      return false;
    }
    if (!attempt(() -> connection.makeFolder(path))) {
      return false;
    }
    try {
      return attempt(() -> connection.modified(path, SOME_TIME))
          && connection.list(TreePath.ROOT).entries().stream()
              .anyMatch(
                  each ->
                      each.name().equals(path.names().getLast())
                          && SOME_TIME.equals(each.modified()));
    } finally {
      attempt(() -> connection.removeFolder(path));
    }
  }

  private static RemoteAbilities abilities(
      boolean times, boolean folderTimes, boolean modes, boolean atomic) {
    return new RemoteAbilities(
        times, Duration.ofSeconds(1), folderTimes, modes, false, false, atomic, false);
  }

  private interface Deed {
    void run() throws IOException;
  }

  /** Whether the server does something; a lost connection is no answer. */
  private static boolean attempt(Deed deed) throws IOException {
    try {
      deed.run();
      return true;
    } catch (RemoteException e) {
      if (RemoteException.isLinkLost(e)) {
        throw e;
      }
      return false;
    }
  }
}
