package org.gemel.mirror.remote;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * A folder on a server as a person writes it: {@code sftp://user@host:22/path}.
 *
 * @param path without percent escapes, each byte as one character; with sftp from the server's
 *     root, or from the login's own folder if it begins with {@code /~/}; with ftp always from the
 *     login's folder
 */
public record RemoteAddress(
    Protocol protocol, Optional<String> user, String host, int port, String path) {
  /** How the server is spoken to. */
  public enum Protocol {
    SFTP(22),
    FTP(21),
    /** FTP that changes to TLS before anything is said. */
    FTPS(21);

    private final int port;

    Protocol(int port) {
      this.port = port;
    }

    String scheme() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Whether a text is meant as an address of one of these protocols. */
  public static boolean isOne(String text) {
    for (Protocol each : Protocol.values()) {
      if (text.regionMatches(true, 0, each.scheme() + "://", 0, each.scheme().length() + 3)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Reads an address.
   *
   * @throws IllegalArgumentException what was found and what was wanted
   */
  public static RemoteAddress parse(String text) {
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      throw wrong(
          text, "an address like sftp://user@host/path, odd characters as %20: " + e.getReason());
    }
    String host = uri.getHost();
    if (host == null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw wrong(text, "an address like sftp://user@host/path without '?' and '#'");
    }
    String user = uri.getRawUserInfo();
    if (user != null && user.indexOf(':') >= 0) {
      throw new IllegalArgumentException(
          "found a password in the address of "
              + host
              + ", where everybody on this machine can read it; wanted it in a file: --password-file FILE");
    }
    Protocol protocol = Protocol.valueOf(uri.getScheme().toUpperCase(Locale.ROOT));
    String path = unescape(text, uri.getRawPath());
    if (path.isEmpty() || path.equals("/")) {
      path = "/";
    }
    return new RemoteAddress(
        protocol,
        Optional.ofNullable(user).map(each -> utf8(unescape(text, each))),
        host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
        uri.getPort() < 0 ? protocol.port : uri.getPort(),
        withoutEnd(path));
  }

  private static String withoutEnd(String path) {
    String shorter = path;
    while (shorter.length() > 1 && shorter.endsWith("/")) {
      shorter = shorter.substring(0, shorter.length() - 1);
    }
    return shorter;
  }

  private static String unescape(String text, String raw) {
    byte[] bytes = raw.getBytes(StandardCharsets.UTF_8);
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '%') {
        out.append((char) Integer.parseInt(raw(bytes, i + 1), 16));
        i += 2;
      } else {
        out.append((char) (bytes[i] & 0xFF));
      }
    }
    if (out.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
      throw wrong(text, "a path without control characters");
    }
    return out.toString();
  }

  private static String raw(byte[] bytes, int at) {
    return new String(bytes, at, 2, StandardCharsets.US_ASCII);
  }

  private static String utf8(String bytes) {
    return new String(RemoteNames.bytes(bytes), StandardCharsets.UTF_8);
  }

  private static IllegalArgumentException wrong(String text, String wanted) {
    return new IllegalArgumentException("found '" + text + "', wanted " + wanted);
  }

  @Override
  public String toString() {
    String shown = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    return protocol.scheme()
        + "://"
        + user.map(each -> each + "@").orElse("")
        + shown
        + (port == protocol.port ? "" : ":" + port)
        + utf8(path);
  }
}
