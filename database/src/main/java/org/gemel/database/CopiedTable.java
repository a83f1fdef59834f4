package org.gemel.database;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A table of main to copy, and in which parts.
 *
 * <p>Columns go by their names, generated ones not at all. In the binary form only where it means
 * the same on every server: built-in types, in UTF-8. Elsewhere as text, in main's own encoding, so
 * that nothing is converted: arrays and composites of a user's types carry numbers of that server,
 * and so do names of objects ({@code regclass}).
 *
 * @param bytes on main, with long values that are kept apart, without indexes
 * @param rows as main's statistics say; an estimate
 * @param parts what to read each time, one after the other the whole table
 */
record CopiedTable(String name, long bytes, long rows, List<Part> parts) {
  /** One command out of main and one into the backup. */
  record Part(String table, String from, String to, boolean byPlace) {}

  private static final String QUERY =
      """
      SELECT format('%I.%I', n.nspname, c.relname) AS name, pg_table_size(c.oid) AS bytes,
        greatest(c.reltuples, 0)::bigint AS row_estimate,
        pg_relation_size(c.oid) / current_setting('block_size')::bigint AS blocks,
        (SELECT coalesce(string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum), '')
          FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
            AND a.attgenerated = '') AS columns,
        getdatabaseencoding() AS encoding,
        NOT EXISTS (SELECT 1 FROM pg_attribute a JOIN pg_type d ON d.oid = a.atttypid
            JOIN pg_type t ON t.oid = CASE d.typtype WHEN 'd' THEN d.typbasetype ELSE d.oid END
          WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
            AND NOT (t.oid < 10000 AND t.typtype IN ('b', 'r', 'm') AND t.typname !~ '^_?reg'
              AND t.typsend <> 0 AND t.typreceive <> 0)) AS built_in
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE format('%I.%I', n.nspname, c.relname) = ANY (?)""";

  static List<CopiedTable> read(Session main, List<String> names, CopyPace pace)
      throws SQLException {
    List<CopiedTable> tables =
        new ArrayList<>(
            main.list(
                QUERY,
                row -> {
                  String encoding = row.getString("encoding");
                  boolean unicode = encoding.equals("UTF8");
                  String form =
                      unicode && row.getBoolean("built_in")
                          ? "(FORMAT binary)"
                          : "(FORMAT text, ENCODING " + Sql.literal(encoding) + ")";
                  String name = row.getString("name");
                  long bytes = row.getLong("bytes");
                  return new CopiedTable(
                      name,
                      bytes,
                      row.getLong("row_estimate"),
                      parts(
                          name,
                          row.getString("columns"),
                          form,
                          row.getLong("blocks"),
                          bytes / pace.partBytes()));
                },
                names));
    tables.sort(Comparator.comparingLong(CopiedTable::bytes).reversed());
    return tables;
  }

  private static List<Part> parts(
      String name, String columns, String form, long blocks, long wanted) {
    String to =
        "COPY " + name + (columns.isEmpty() ? "" : " (" + columns + ")") + " FROM STDIN " + form;
    String select = "COPY (SELECT " + columns + " FROM ONLY " + name;
    long count = Math.max(1, Math.min(blocks, wanted));
    List<Part> parts = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      StringBuilder where = new StringBuilder();
      if (i > 0) {
        where.append(" WHERE ctid >= '(").append(blocks * i / count).append(",0)'");
      }
      if (i < count - 1) { // the last one has no end
        where.append(i == 0 ? " WHERE" : " AND");
        where.append(" ctid < '(").append(blocks * (i + 1) / count).append(",0)'");
      }
      parts.add(new Part(name, select + where + ") TO STDOUT " + form, to, count > 1));
    }
    return parts;
  }
}
