package org.gemel.agent.configuration;

/** Where a control point listens for agents. */
public record ControlAddress(String host, int port) {
  public ControlAddress {
    if (host.isBlank() || port < 1 || port > 65_535) {
      throw new IllegalArgumentException(
          "found the address '"
              + host
              + ":"
              + port
              + "', wanted a host and a port from 1 to 65535");
    }
  }

  /**
   * Reads {@code HOST:PORT}; an IPv6 address stands in brackets.
   *
   * @throws IllegalArgumentException in words for a person
   */
  public static ControlAddress parse(String text) {
    int colon = text.lastIndexOf(':');
    var host = colon < 0 ? "" : text.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    try {
      return new ControlAddress(host, Integer.parseInt(text.substring(colon + 1)));
    } catch (NumberFormatException noPort) {
      throw new IllegalArgumentException("found '" + text + "', wanted HOST:PORT", noPort);
    }
  }

  @Override
  public String toString() {
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }
}
