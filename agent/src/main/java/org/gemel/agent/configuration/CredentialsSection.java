package org.gemel.agent.configuration;

/** A user of a database. Its text form never shows the password. */
public record CredentialsSection(String user, String password) {
  @Override
  public String toString() {
    return "CredentialsSection[user=" + user + ", password=***]";
  }
}
