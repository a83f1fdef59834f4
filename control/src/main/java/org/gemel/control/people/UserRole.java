package org.gemel.control.people;

import java.util.Locale;

/** What a user or a token may do. */
public enum UserRole {
  /** Sees everything and acts. */
  ADMINISTRATOR,
  /** Sees everything and changes nothing. */
  VIEWER;

  /**
   * Reads a role as a person types it.
   *
   * @throws IllegalArgumentException in words fit for that person
   */
  public static UserRole parse(String text) {
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "administrator" -> ADMINISTRATOR;
      case "viewer" -> VIEWER;
      default ->
          throw new IllegalArgumentException(
              "found role '" + text + "', wanted administrator or viewer");
    };
  }

  /** What people call it. */
  public String words() {
    return name().toLowerCase(Locale.ROOT);
  }
}
