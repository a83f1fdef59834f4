package org.gemel.database;

import java.util.ArrayList;
import java.util.List;

/**
 * A row as PostgreSQL writes it, such as {@code (17,"a ""b""")}, taken apart. Of keys only: none of
 * their values is NULL.
 */
final class RowText {
  private RowText() {}

  static List<String> fields(String row) {
    if (!row.startsWith("(") || !row.endsWith(")")) {
      throw new IllegalArgumentException("found '" + row + "', wanted a row in parentheses");
    }
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    int last = row.length() - 1;
    for (int i = 1; i < last; i++) {
      char c = row.charAt(i);
      boolean doubled = i + 1 < last && row.charAt(i + 1) == c;
      if (c == '\\' || (c == '"' && quoted && doubled)) {
        field.append(row.charAt(++i)); // what follows is meant as it is
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        fields.add(field.toString());
        field.setLength(0);
      } else {
        field.append(c);
      }
    }
    fields.add(field.toString());
    return List.copyOf(fields);
  }
}
