package org.gemel.mirror;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.gemel.mirror.remote.RemoteConnection;
import org.gemel.mirror.remote.RemoteEntry;
import org.gemel.mirror.remote.RemoteException;
import org.gemel.mirror.remote.RemoteUpload;
import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.Timestamp;
import org.gemel.mirror.system.TreePath;

/**
 * An empty file at the target's top for as long as a pass is at work. It tells which names the
 * target takes for the same, and a source in which it shows up is the target itself.
 */
final class RemoteProbe {
  private static final String LETTERS = "-Gemel-\u00c9";

  private final EntryName name;

  private RemoteProbe(EntryName name) {
    this.name = name;
  }

  EntryName name() {
    return name;
  }

  private static EntryName name(EntryName temporary, String letters) {
    return EntryName.of(new String(temporary.bytes(), StandardCharsets.US_ASCII) + letters);
  }

  /** Puts it there; with plain letters where the server takes no others. */
  static RemoteProbe put(RemoteConnection connection, EntryName temporary) throws IOException {
    EntryName odd = name(temporary, LETTERS);
    try {
      write(connection, odd);
      return new RemoteProbe(odd);
    } catch (RemoteException e) {
      if (RemoteException.isLinkLost(e)) {
        throw e;
      }
      EntryName plain = name(temporary, "-Gemel");
      write(connection, plain);
      return new RemoteProbe(plain);
    }
  }

  private static void write(RemoteConnection connection, EntryName name) throws IOException {
    try (RemoteUpload upload = connection.write(TreePath.ROOT.child(name), 0, 0600)) {
      upload.finish(0, new Timestamp(0, 0), 0600);
    }
  }

  /** Looks which other spellings of its name find it. */
  NameFolding folding(RemoteConnection connection) throws IOException {
    String text = text(name);
    String other = text.replace("Gemel", "gEMEL");
    String decomposed = Normalizer.normalize(text, Normalizer.Form.NFD);
    return new NameFolding(
        isThere(connection, other), !decomposed.equals(text) && isThere(connection, decomposed));
  }

  private static boolean isThere(RemoteConnection connection, String name) throws IOException {
    return connection.status(TreePath.ROOT.child(EntryName.of(name))).isPresent();
  }

  /**
   * Guesses without writing, from a name that is there.
   *
   * @param there what the top folder holds
   */
  static boolean ignoresCase(RemoteConnection connection, List<RemoteEntry> there)
      throws IOException {
    Set<String> names = new HashSet<>();
    there.forEach(each -> names.add(text(each.name())));
    for (String each : names) {
      String upper = each.toUpperCase(Locale.ROOT);
      String other = upper.equals(each) ? each.toLowerCase(Locale.ROOT) : upper;
      if (!names.contains(other)) {
        return isThere(connection, other);
      }
    }
    return false;
  }

  private static String text(EntryName name) {
    return new String(name.bytes(), StandardCharsets.UTF_8);
  }

  void remove(RemoteConnection connection) throws IOException {
    try {
      connection.removeFile(TreePath.ROOT.child(name));
    } catch (RemoteException e) {
      if (!RemoteException.isAbsent(e)) {
        throw e;
      }
    }
  }
}
