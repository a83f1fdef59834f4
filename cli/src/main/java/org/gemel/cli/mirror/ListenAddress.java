package org.gemel.cli.mirror;

import java.net.InetSocketAddress;

/** Where a server listens: {@code HOST:PORT}; an IPv6 address stands in brackets. */
public record ListenAddress(String host, int port) {
  public ListenAddress {
    if (host.isBlank() || port < 0 || port > 65_535) {
      throw new IllegalArgumentException(
          "found the address '"
              + host
              + ":"
              + port
              + "', wanted a host and a port, 0 for a free one");
    }
  }

  /**
   * Reads an address.
   *
   * @throws IllegalArgumentException in words for a person
   */
  public static ListenAddress parse(String text) {
    int colon = text.lastIndexOf(':');
    String host = colon < 0 ? "" : text.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    try {
      return new ListenAddress(host, Integer.parseInt(text.substring(colon + 1)));
    } catch (NumberFormatException noPort) {
      throw new IllegalArgumentException("found '" + text + "', wanted HOST:PORT", noPort);
    }
  }

  InetSocketAddress socket() {
    return new InetSocketAddress(host, port);
  }
}
