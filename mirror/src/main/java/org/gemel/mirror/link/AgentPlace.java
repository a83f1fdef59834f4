package org.gemel.mirror.link;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.TreePath;

/**
 * A tree behind a mirror server: {@code agent://HOST:PORT/VOLUME/PATH}.
 *
 * @param path below the volume's top
 */
public record AgentPlace(String host, int port, String volume, TreePath path) {
  private static final String SCHEME = "agent://";

  /** Whether a text is meant as such a place. */
  public static boolean isMeant(String text) {
    return text.startsWith(SCHEME);
  }

  /**
   * Reads a place. It is taken as it stands: no percent signs are decoded.
   *
   * @throws IllegalArgumentException in words for a person
   */
  public static AgentPlace parse(String text) {
    try {
      int slash = text.indexOf('/', SCHEME.length());
      if (!isMeant(text) || slash < 0) {
        throw new IllegalArgumentException("no volume");
      }
      String authority = text.substring(SCHEME.length(), slash);
      int colon = authority.lastIndexOf(':');
      String host = authority.substring(0, Math.max(colon, 0));
      int port = Integer.parseInt(authority.substring(colon + 1));
      if (host.isEmpty() || port < 1 || port > 65_535) {
        throw new IllegalArgumentException("no host and port");
      }
      if (host.startsWith("[") && host.endsWith("]")) {
        host = host.substring(1, host.length() - 1);
      }
      return below(host, port, text.substring(slash + 1));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "found '"
              + text
              + "' ("
              + e.getMessage()
              + "), wanted agent://HOST:PORT/VOLUME or agent://HOST:PORT/VOLUME/PATH",
          e);
    }
  }

  private static AgentPlace below(String host, int port, String names) {
    List<EntryName> way = new ArrayList<>();
    for (String name : names.split("/", -1)) {
      if (!name.isEmpty()) {
        way.add(EntryName.of(name));
      }
    }
    if (way.isEmpty()) {
      throw new IllegalArgumentException("no volume");
    }
    TreePath path = TreePath.ROOT;
    for (EntryName name : way.subList(1, way.size())) {
      path = path.child(name);
    }
    return new AgentPlace(
        host,
        port,
        new String(way.getFirst().bytes(), java.nio.charset.StandardCharsets.UTF_8),
        path);
  }

  InetSocketAddress address() {
    return new InetSocketAddress(host, port);
  }

  @Override
  public String toString() {
    String shown = host.indexOf(':') < 0 ? host : "[" + host + "]";
    String below = path.isRoot() ? "" : "/" + path;
    return SCHEME + shown + ":" + port + "/" + volume + below;
  }
}
