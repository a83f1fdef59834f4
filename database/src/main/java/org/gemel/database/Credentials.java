package org.gemel.database;

/** A user of a database server and its password. Its text form never shows the password. */
public record Credentials(String user, String password) {
  @Override
  public String toString() {
    return "Credentials[user=" + user + ", password=***]";
  }
}
