package org.gemel.database;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What makes one row again what it was on the side that was overwritten.
 *
 * @param removal is to be done for all rows of a table, before anything else is done for any: rows
 *     that swapped a unique value would stand in each other's way otherwise
 * @param rest comes after that
 */
record LossSql(String removal, String rest) {
  private static final LossSql NOTHING = new LossSql("", "");

  static LossSql of(SplitTable table, SplitRow row) {
    List<Optional<String>> here = row.here();
    List<Optional<String>> onMain = row.onMain();
    if (here == null) {
      return onMain == null ? NOTHING : new LossSql(delete(table, onMain), "");
    }
    if (onMain == null) {
      return new LossSql("", insert(table, here));
    }
    List<SplitTable.Column> differing =
        table.written().stream()
            .filter(c -> !value(table, c, here).equals(value(table, c, onMain)))
            .toList();
    if (differing.isEmpty()) {
      return NOTHING;
    }
    return table.rowsGoAndCome()
        ? new LossSql(delete(table, onMain), insert(table, here))
        : new LossSql("", update(table, here, onMain, differing));
  }

  private static String update(
      SplitTable table,
      List<Optional<String>> here,
      List<Optional<String>> onMain,
      List<SplitTable.Column> differing) {
    return differing.stream()
        .map(c -> c.quoted() + " = " + literal(c, value(table, c, here)))
        .collect(
            Collectors.joining(
                ", ",
                "UPDATE ONLY " + table.name() + " SET ",
                " WHERE " + named(table, onMain) + ";\n"));
  }

  private static String insert(SplitTable table, List<Optional<String>> here) {
    List<String> names = new ArrayList<>();
    List<String> values = new ArrayList<>();
    for (SplitTable.Column column : table.written()) {
      names.add(column.quoted());
      values.add(literal(column, value(table, column, here)));
    }
    return "INSERT INTO %s (%s) OVERRIDING SYSTEM VALUE VALUES (%s);\n"
        .formatted(table.name(), String.join(", ", names), String.join(", ", values));
  }

  private static String delete(SplitTable table, List<Optional<String>> onMain) {
    String named = named(table, onMain);
    return table.hasKey()
        ? "DELETE FROM ONLY %s WHERE %s;\n".formatted(table.name(), named)
        : "DELETE FROM ONLY %1$s WHERE ctid = (SELECT ctid FROM ONLY %1$s WHERE %2$s LIMIT 1);\n"
            .formatted(table.name(), named); // of rows that are alike just one
  }

  /** Without a key rows are told by their texts: not every type can be compared. */
  private static String named(SplitTable table, List<Optional<String>> row) {
    return table.naming().stream()
        .map(
            c -> {
              Optional<String> value = value(table, c, row);
              if (value.isEmpty()) {
                return c.quoted() + " IS NOT DISTINCT FROM NULL";
              }
              return table.hasKey()
                  ? c.quoted() + " = " + literal(c, value)
                  : "format('%s', " + c.quoted() + ") = " + Sql.literal(value.get());
            })
        .collect(Collectors.joining(" AND "));
  }

  private static Optional<String> value(
      SplitTable table, SplitTable.Column column, List<Optional<String>> row) {
    return row.get(table.place(column.name()));
  }

  private static String literal(SplitTable.Column column, Optional<String> value) {
    return value.map(text -> Sql.literal(text) + "::text::" + column.type()).orElse("NULL");
  }
}
