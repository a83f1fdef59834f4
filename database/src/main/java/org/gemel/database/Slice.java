package org.gemel.database;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a table's rows, the same on both sides.
 *
 * @param where over a table called {@code t}
 */
record Slice(String where, List<Object> parameters) {
  static final Slice ALL = new Slice("true", List.of());

  /** Keys above one and up to another; null where it is open. The values are texts. */
  static Slice range(ComparedTable.Range range, @Nullable String above, @Nullable String upTo) {
    List<String> conditions = new ArrayList<>();
    List<Object> values = new ArrayList<>();
    String value = "?::text::" + range.type();
    if (above != null) {
      conditions.add("t." + range.column() + " > " + value);
      values.add(above);
    }
    if (upTo != null) {
      conditions.add("t." + range.column() + " <= " + value);
      values.add(upTo);
    }
    return conditions.isEmpty() ? ALL : new Slice(String.join(" AND ", conditions), values);
  }

  /** Those whose key falls into one of so many parts. */
  static Slice part(ComparedTable table, int number, int parts) {
    return parts == 1
        ? ALL
        : new Slice(
            "(hashtextextended(" + table.keyText() + ", 1) & " + (parts - 1) + ") = " + number,
            List.of());
  }
}
