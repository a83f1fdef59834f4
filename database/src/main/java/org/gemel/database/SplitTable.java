package org.gemel.database;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A table as its rows are read from one side and written to the other: each column as text, in the
 * order of their names.
 *
 * @param name quoted
 * @param unique whether more than its key must be unique, or otherwise exclude another row
 */
record SplitTable(String name, List<Column> columns, boolean unique) {
  /**
   * One column.
   *
   * @param name as it is, not quoted
   * @param computed it is made of others, so nothing can be written to it
   * @param numbered by the server alone, unless told otherwise
   * @param inKey part of the primary key
   * @param equality the operator by which an index of its type finds a value
   */
  record Column(
      String name,
      String type,
      boolean computed,
      boolean numbered,
      boolean inKey,
      String equality) {
    String quoted() {
      return Sql.identifier(name);
    }
  }

  /** The operator by which an index of the type of the column {@code a} finds a value. */
  static final String EQUALITY =
      """
      coalesce((
          SELECT format('OPERATOR(%I.%s)', onsp.nspname, o.oprname)
          FROM pg_type t JOIN pg_opclass oc
              ON oc.opcintype IN (t.oid, t.typbasetype) AND oc.opcdefault
            JOIN pg_am am ON am.oid = oc.opcmethod AND am.amname = 'btree'
            JOIN pg_amop ao ON ao.amopfamily = oc.opcfamily AND ao.amopstrategy = 3
              AND ao.amoplefttype = oc.opcintype AND ao.amoprighttype = oc.opcintype
            JOIN pg_operator o ON o.oid = ao.amopopr
            JOIN pg_namespace onsp ON onsp.oid = o.oprnamespace
          WHERE t.oid = a.atttypid LIMIT 1), '=') AS equality
      """;

  private static final String QUERY =
      """
      SELECT format('%I.%I', n.nspname, c.relname) AS name, a.attname::text AS column,
        format_type(a.atttypid, a.atttypmod) AS type, a.attgenerated <> '' AS computed,
        a.attidentity = 'a' AS numbered,
        EXISTS (SELECT 1 FROM pg_index i WHERE i.indrelid = c.oid AND i.indisprimary
          AND i.indimmediate AND a.attnum = ANY (i.indkey)) AS in_key,
      """
          + EQUALITY
          + """
      , EXISTS (SELECT 1 FROM pg_index i WHERE i.indrelid = c.oid AND NOT i.indisprimary
          AND (i.indisunique OR i.indisexclusion)) AS also_unique
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
      WHERE c.relkind = 'r' AND c.relpersistence = 'p' AND
      """
          + UserTables.OF_USERS;

  static Map<String, SplitTable> read(Session session) throws SQLException {
    Map<String, TreeMap<String, Column>> found = new TreeMap<>();
    Map<String, Boolean> unique = new TreeMap<>();
    session.list(
        QUERY,
        row -> {
          unique.put(row.getString("name"), row.getBoolean("also_unique"));
          return found
              .computeIfAbsent(row.getString("name"), _ -> new TreeMap<>())
              .put(
                  row.getString("column"),
                  new Column(
                      row.getString("column"),
                      row.getString("type"),
                      row.getBoolean("computed"),
                      row.getBoolean("numbered"),
                      row.getBoolean("in_key"),
                      row.getString("equality")));
        });
    Map<String, SplitTable> tables = new TreeMap<>();
    found.forEach(
        (name, columns) ->
            tables.put(
                name,
                new SplitTable(
                    name, List.copyOf(columns.values()), Boolean.TRUE.equals(unique.get(name)))));
    return tables;
  }

  /**
   * A row of a table called {@code t}, as an array of texts; those of the types' own output, as the
   * log has them too, which a cast to text is not always.
   */
  String texts() {
    return columns.stream()
        .map(
            c ->
                "CASE WHEN t.%1$s IS DISTINCT FROM NULL THEN format('%%s', t.%1$s) END"
                    .formatted(c.quoted()))
        .collect(Collectors.joining(", ", "ARRAY[", "]::text[]"));
  }

  /** The columns that can be written. */
  List<Column> written() {
    return columns.stream().filter(c -> !c.computed()).toList();
  }

  /**
   * Whether a row that is to be another one must go and come again: one of its values may still be
   * another row's, or is one that only the server numbers, which cannot be set otherwise.
   */
  boolean rowsGoAndCome() {
    return unique || written().stream().anyMatch(Column::numbered);
  }

  /** The columns that name a row; without a key, all. */
  List<Column> naming() {
    List<Column> key = columns.stream().filter(Column::inKey).toList();
    return key.isEmpty() ? columns : key;
  }

  boolean hasKey() {
    return columns.stream().anyMatch(Column::inKey);
  }

  int place(String column) {
    return IntStream.range(0, columns.size())
        .filter(i -> columns.get(i).name().equals(column))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no column " + column + " in " + name));
  }

  boolean hasAll(List<String> names) {
    return names.stream().allMatch(n -> columns.stream().anyMatch(c -> c.name().equals(n)));
  }

  /** What a row is called, for a person and in a list. */
  String keyOf(List<Optional<String>> row) {
    return keyOf(row, naming().stream().map(Column::name).toList());
  }

  /** A row's key by the columns that the log names it by, which need not be the primary key. */
  String keyOf(List<Optional<String>> row, List<String> keyColumns) {
    return Keys.text(keyColumns.stream().map(c -> row.get(place(c)).orElse("NULL")).toList());
  }

  /**
   * Rows under some keys; the parameter is a list of keys, each a text as {@link Keys} makes it.
   */
  String byKeys(List<String> keyColumns) {
    List<String> equal = new ArrayList<>();
    for (int i = 0; i < keyColumns.size(); i++) {
      Column column = columns.get(place(keyColumns.get(i)));
      equal.add(
          "t.%s %s (k.key::text[])[%d]::%s"
              .formatted(column.quoted(), column.equality(), i + 1, column.type()));
    }
    return "SELECT k.n, t.ctid::text, %s FROM unnest(?::text[]) WITH ORDINALITY AS k(key, n), ONLY %s t WHERE %s"
        .formatted(texts(), name, String.join(" AND ", equal));
  }

  /** All rows, in an order that is the same on every server, first that order's text. */
  String inOrder() {
    String named =
        naming().stream()
            .map(c -> "t." + c.quoted())
            .collect(Collectors.joining(", ", "ROW(", ")::text"));
    return "SELECT encode(sha256(convert_to(%s, 'UTF8')), 'hex') COLLATE \"C\" AS place, t.ctid::text, %s FROM ONLY %s t ORDER BY 1"
        .formatted(named, texts(), name);
  }

  /** Rows; a parameter for each column that can be written: a list of its values as texts. */
  String insert() {
    List<String> values = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < written().size(); i++) {
      values.add("u.c" + i + "::" + written().get(i).type());
      names.add("c" + i);
    }
    return "INSERT INTO %s (%s) OVERRIDING SYSTEM VALUE SELECT %s FROM unnest(%s) AS u(%s)"
        .formatted(
            name,
            writtenNames(),
            String.join(", ", values),
            names.stream().map(_ -> "?::text[]").collect(Collectors.joining(", ")),
            String.join(", ", names));
  }

  /** The beginning of a COPY of its own rows, not of tables that inherit from it. */
  String copy() {
    return "COPY " + name + " (" + writtenNames() + ")";
  }

  private String writtenNames() {
    return written().stream().map(Column::quoted).collect(Collectors.joining(", "));
  }
}
