package org.gemel.config.kept;

import java.io.IOException;

/**
 * Puts a machine's archive in the place of its older one, unless that is of another control point:
 * one that was set up anew, without its predecessor's secrets, must not wipe out the only copy of
 * them. That one is set aside under another name and can be retrieved by it.
 */
public final class Keeping {
  private Keeping() {}

  /**
   * Keeps an archive.
   *
   * @throws IOException in words, if it is not whole or not of this machine, or cannot be written
   */
  public static void keep(KeptFolder folder, String machine, byte[] archive) throws IOException {
    var kept = KeptArchive.read(archive, "what came of " + machine);
    if (!kept.machine().equals(machine)) {
      throw new IOException("found another machine's configuration sent as that of " + machine);
    }
    if (!kept.sealedWith().isEmpty() && isOfAnotherKey(folder, machine, kept.sealedWith())) {
      folder.setAside(machine);
    }
    folder.put(machine, archive);
  }

  private static boolean isOfAnotherKey(KeptFolder folder, String machine, String key) {
    try {
      var before = KeptArchive.read(folder.read(machine), machine).sealedWith();
      return !before.isEmpty() && !before.equals(key);
    } catch (IOException nothingToLose) {
      return false;
    }
  }
}
