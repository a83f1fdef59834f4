package org.gemel.demo.workload;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/**
 * Where a database is and who asks.
 *
 * @param url JDBC address, as {@code jdbc:postgresql://127.0.0.1:5432/newsroom}
 */
public record DatabaseAccess(String url, String user, String password) {
  private static final String CONNECT_SECONDS = "3";
  private static final String SOCKET_SECONDS = "20";

  /** Opens a connection; a commit it reports is on disk. */
  public Connection open() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("password", password);
    properties.setProperty("connectTimeout", CONNECT_SECONDS);
    properties.setProperty("loginTimeout", CONNECT_SECONDS);
    properties.setProperty("socketTimeout", SOCKET_SECONDS);
    properties.setProperty("tcpKeepAlive", "true");
    // Whatever the server's default: what is acknowledged here must have reached the disk.
    properties.setProperty("options", "-c synchronous_commit=on -c TimeZone=UTC");
    return DriverManager.getConnection(url, properties);
  }

  /** Without the password, for logs. */
  @Override
  public String toString() {
    return user + "@" + url;
  }
}
