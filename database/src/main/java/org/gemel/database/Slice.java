package org.gemel.database;

import java.util.ArrayList;
import java.util.List;

/**
 * A part of a table's rows, the same on both sides.
 *
 * @param where over a table called {@code t}
 */
record Slice(String where, List<Object> parameters) {
  static final Slice ALL = new Slice("true", List.of());

  /** Keys above one and up to another; empty where it is open. The values are texts. */
  static Slice range(KeyOrder order, List<String> above, List<String> upTo) {
    List<String> conditions = new ArrayList<>();
    List<Object> values = new ArrayList<>();
    if (!above.isEmpty()) {
      conditions.add(order.is(">"));
      values.addAll(above);
    }
    if (!upTo.isEmpty()) {
      conditions.add(order.is("<="));
      values.addAll(upTo);
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
