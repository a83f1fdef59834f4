package org.gemel.mirror.remote.ftp;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.gemel.mirror.remote.RemoteException;
import org.gemel.mirror.remote.RemoteException.Kind;
import org.gemel.mirror.remote.RemoteNames;
import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.TreePath;
import org.jspecify.annotations.Nullable;

/**
 * Paths as they go over the control connection, where a line break ends a command: a name that
 * holds one would be a command of its own.
 *
 * @param root the target's top, each character a byte
 * @param utf8 whether the server speaks UTF-8 and nothing else
 */
record FtpPaths(String root, boolean utf8) {
  /** A path as it goes over the wire; refuses what would be taken for something else there. */
  String at(TreePath path) throws RemoteException {
    StringBuilder out = new StringBuilder(root);
    for (EntryName each : path.names()) {
      String problem = problem(each);
      if (problem != null) {
        throw new RemoteException(
            Kind.REFUSED, "found " + path + ", wanted a name FTP can carry: it has " + problem);
      }
      out.append('/').append(RemoteNames.text(each));
    }
    return out.isEmpty() ? "/" : out.toString();
  }

  private @Nullable String problem(EntryName name) {
    for (byte b : name.bytes()) {
      if (b == '\n' || b == '\r') {
        return "a line break";
      }
      if (b == (byte) 0xFF && !utf8) {
        return "the byte FF, which begins commands of the protocol below";
      }
    }
    try {
      if (utf8) {
        StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(name.bytes()));
      }
      return null;
    } catch (CharacterCodingException e) {
      return "bytes that are no UTF-8, which this server speaks";
    }
  }
}
