package org.gemel.database;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A table as it is compared: columns by name, since their order may differ from side to side.
 *
 * @param name quoted
 * @param columns quoted, in the order of their names
 * @param key the primary key's columns; without one, all
 * @param order by which it is cut into ranges; none where there is no key
 */
record ComparedTable(
    String name, List<String> columns, List<String> key, Optional<KeyOrder> order) {

  private record Column(KeyOrder.Column column, int keyPosition) {}

  private static final String QUERY =
      """
      SELECT format('%I.%I', n.nspname, c.relname) AS name, format('%I', a.attname) AS column,
        a.attname::text AS plain,
        format_type(a.atttypid, a.atttypmod) AS type, a.attcollation <> 0 AS collated,
        coalesce(array_position(k.conkey, a.attnum), 0) AS key_position,
      """
          + SplitTable.EQUALITY
          + """
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        LEFT JOIN pg_constraint k ON k.conrelid = c.oid AND k.contype = 'p'
      WHERE c.relkind = 'r' AND c.relpersistence = 'p' AND
      """
          + UserTables.OF_USERS
          + " ORDER BY 1, 2";

  /** All replicated tables, in the order of their names. */
  static List<ComparedTable> read(Session session) throws SQLException {
    Map<String, List<Column>> tables = new TreeMap<>();
    session.list(
        QUERY,
        row ->
            tables
                .computeIfAbsent(row.getString("name"), _ -> new ArrayList<>())
                .add(
                    new Column(
                        new KeyOrder.Column(
                            row.getString("column"),
                            row.getString("plain"),
                            row.getString("type"),
                            row.getBoolean("collated"),
                            row.getString("equality")),
                        row.getInt("key_position"))));
    return tables.entrySet().stream().map(t -> of(t.getKey(), t.getValue())).toList();
  }

  private static ComparedTable of(String table, List<Column> columns) {
    List<String> names = columns.stream().map(c -> c.column().quoted()).toList();
    List<KeyOrder.Column> key =
        columns.stream()
            .filter(c -> c.keyPosition() > 0)
            .sorted((a, b) -> a.keyPosition() - b.keyPosition())
            .map(Column::column)
            .toList();
    return key.isEmpty()
        ? new ComparedTable(table, names, names, Optional.empty())
        : new ComparedTable(
            table,
            names,
            key.stream().map(KeyOrder.Column::quoted).toList(),
            Optional.of(new KeyOrder(key)));
  }

  /** The part of its order that every server has. */
  Optional<KeyOrder> sureOrder() {
    return order.map(KeyOrder::sure).filter(o -> !o.columns().isEmpty());
  }

  /** How many rows a slice has, and a sum over them that does not depend on their order. */
  String digestQuery(Slice slice) {
    return "SELECT count(*), coalesce(sum("
        + hash()
        + "::numeric), 0) FROM "
        + name
        + " t WHERE "
        + slice.where();
  }

  /** Of each row the part that its key falls into by its hash, and its own hash. */
  String partsQuery(int parts) {
    return "SELECT (hashtextextended("
        + keyText()
        + ", 1) & "
        + (parts - 1)
        + ")::int, "
        + hash()
        + " FROM "
        + name
        + " t";
  }

  /**
   * Like {@link #rowsQuery}, under some keys: each a text as {@link Keys} makes it, which comes
   * again with what is found; a row's own key may be written otherwise, as 1.0 and 1.00 are.
   */
  String keysQuery() {
    return underKeys(hash() + ", " + version());
  }

  /** Which version of a row it is that lies under a key; another one after each change of it. */
  String versionsQuery() {
    return underKeys(place());
  }

  private String underKeys(String what) {
    return "SELECT k.key, %s FROM unnest(?::text[]) AS k(key), %s t WHERE %s"
        .formatted(what, name, order.orElseThrow().equalsKey());
  }

  /** Each row's key as text, its hash, and that of its version. */
  String rowsQuery(Slice slice) {
    return "SELECT "
        + text(key)
        + ", "
        + hash()
        + ", "
        + version()
        + " FROM "
        + name
        + " t WHERE "
        + slice.where();
  }

  /** The text of a row's key; unambiguous, as PostgreSQL writes a row. */
  String keyText() {
    return text(key);
  }

  /** Another one after each change, also back to what it was. */
  private static String place() {
    return "t.ctid::text || ' ' || t.xmin::text";
  }

  private static String version() {
    return "hashtextextended(" + place() + ", 0)";
  }

  private String hash() {
    return "hashtextextended(" + text(columns) + ", 0)";
  }

  private static String text(List<String> columns) {
    return columns.stream().map(c -> "t." + c).collect(Collectors.joining(", ", "ROW(", ")::text"));
  }
}
