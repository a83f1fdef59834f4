package org.gemel.database;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The columns by which a table is cut into ranges, as its key's index has them.
 *
 * <p>Where one of them has a collation, two servers may sort otherwise, so a range may not hold the
 * same rows on both. Still each row of either side lies in one range at least, whatever the order:
 * it is above the lower end of all, not above the upper one, and so in between somewhere.
 */
record KeyOrder(List<Column> columns) {
  /**
   * One column.
   *
   * @param quoted as SQL names it
   * @param name as it is
   * @param equality the operator by which an index of its type finds a value
   */
  record Column(String quoted, String name, String type, boolean collated, String equality) {}

  /** Whether every server has this order. */
  boolean isSure() {
    return columns.stream().noneMatch(Column::collated);
  }

  /** The columns before the first that has a collation; maybe none. */
  KeyOrder sure() {
    return new KeyOrder(columns.stream().takeWhile(c -> !c.collated()).toList());
  }

  List<String> names() {
    return columns.stream().map(Column::name).toList();
  }

  /** The key of a row of a table called {@code t}, as an array of texts. */
  String texts() {
    return columns.stream()
        .map(c -> "t." + c.quoted() + "::text")
        .collect(Collectors.joining(", ", "ARRAY[", "]"));
  }

  String ascending() {
    return columns.stream().map(c -> "t." + c.quoted()).collect(Collectors.joining(", "));
  }

  String descending() {
    return columns.stream().map(c -> "t." + c.quoted() + " DESC").collect(Collectors.joining(", "));
  }

  /** A condition with a parameter for each column: its value as text. */
  String is(String operator) {
    return "("
        + ascending()
        + ") "
        + operator
        + columns.stream()
            .map(c -> "?::text::" + c.type())
            .collect(Collectors.joining(", ", " (", ")"));
  }

  /** The same key as the key {@code k.key}, an array of texts as text. */
  String equalsKey() {
    return columns.stream()
        .map(
            c ->
                "t.%s %s (k.key::text[])[%d]::%s"
                    .formatted(c.quoted(), c.equality(), columns.indexOf(c) + 1, c.type()))
        .collect(Collectors.joining(" AND "));
  }
}
