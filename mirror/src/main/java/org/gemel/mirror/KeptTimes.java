package org.gemel.mirror;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.gemel.mirror.remote.RemoteConnection;
import org.gemel.mirror.remote.RemoteException;
import org.gemel.mirror.remote.RemoteUpload;
import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.FileStatus;
import org.gemel.mirror.system.Timestamp;
import org.gemel.mirror.system.TreePath;

/**
 * Remembers, in a file on the server, which state of a source file was put there; for servers that
 * keep no times. It is a cache: what it does not know is copied again. A file of equal size that
 * somebody else puts on the server is not noticed.
 */
final class KeptTimes {
  static final EntryName FILE = EntryName.of(".gemel-times");
  private static final String HEAD = "gemel-times 1";

  private final Map<String, String> before = new ConcurrentHashMap<>();
  private final Map<String, String> now = new ConcurrentHashMap<>();

  /** Reads what the last pass left; nothing if it is not there or not understood. */
  void read(RemoteConnection connection) throws IOException {
    before.clear();
    try (InputStream in = connection.read(TreePath.ROOT.child(FILE));
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
      if (!HEAD.equals(lines.readLine())) {
        return;
      }
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        int blank = line.indexOf(' ');
        if (blank > 0) {
          before.put(line.substring(blank + 1), line.substring(0, blank));
        }
      }
    } catch (RemoteException e) {
      if (RemoteException.isLinkLost(e)) {
        throw e;
      }
    }
  }

  /** Whether this state of a file was put there. */
  boolean isKnown(TreePath path, FileStatus status) {
    String state = state(status);
    String key = key(path);
    boolean known = state.equals(before.get(key)) || state.equals(now.get(key));
    if (known) {
      now.put(key, state);
    }
    return known;
  }

  /** A file is about to be replaced: until it is, nothing is known of it. */
  void forget(TreePath path) {
    before.remove(key(path));
    now.remove(key(path));
  }

  void put(TreePath path, FileStatus status) {
    now.put(key(path), state(status));
  }

  /**
   * Writes what is known now.
   *
   * @param whole whether all of the tree was seen, so that the rest may be forgotten
   */
  void write(RemoteConnection connection, EntryName temporary, boolean whole) throws IOException {
    StringBuilder text = new StringBuilder(HEAD).append('\n');
    if (!whole) {
      before.forEach((path, state) -> now.putIfAbsent(path, state));
    }
    now.forEach((path, state) -> text.append(state).append(' ').append(path).append('\n'));
    byte[] bytes = text.toString().getBytes(StandardCharsets.US_ASCII);
    TreePath unfinished = TreePath.ROOT.child(temporary);
    try (RemoteUpload upload = connection.write(unfinished, 0, 0600)) {
      upload.write(bytes, 0, bytes.length);
      upload.finish(bytes.length, new Timestamp(0, 0), 0600);
    }
    connection.rename(unfinished, TreePath.ROOT.child(FILE));
  }

  private static String state(FileStatus status) {
    return status.size() + ":" + status.modified().seconds() + ":" + status.modified().nanos();
  }

  private static String key(TreePath path) {
    StringBuilder out = new StringBuilder();
    for (EntryName each : path.names()) {
      out.append('/');
      for (byte b : each.bytes()) {
        boolean plain = b > ' ' && b < 0x7f && b != '%';
        out.append(plain ? String.valueOf((char) b) : "%%%02x".formatted(b & 0xFF));
      }
    }
    return out.toString();
  }
}
