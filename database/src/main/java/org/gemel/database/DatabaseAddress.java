package org.gemel.database;

/**
 * Where a database is.
 *
 * @param host name or address
 * @param database its name as it is, not quoted
 */
public record DatabaseAddress(String host, int port, String database) {
  @Override
  public String toString() {
    return database + " on " + host + ":" + port;
  }
}
