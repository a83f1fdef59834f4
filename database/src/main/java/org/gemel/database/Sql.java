package org.gemel.database;

import java.util.Collection;
import java.util.stream.Collectors;

/** Words and values as SQL wants them, whatever is in them. */
final class Sql {
  private Sql() {}

  /** A name, quoted. */
  static String identifier(String name) {
    return "\"" + name.replace("\"", "\"\"") + "\"";
  }

  /** Names, quoted, with commas between. */
  static String identifiers(Collection<String> names) {
    return names.stream().map(Sql::identifier).collect(Collectors.joining(", "));
  }

  /** A text value; right whatever {@code standard_conforming_strings} says. */
  static String literal(String value) {
    String quoted = "'" + value.replace("'", "''").replace("\\", "\\\\") + "'";
    return value.contains("\\") ? "E" + quoted : quoted;
  }

  /** A value inside a connection string of PostgreSQL's own library. */
  static String connectionValue(String value) {
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
