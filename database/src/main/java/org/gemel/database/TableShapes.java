package org.gemel.database;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Names, columns and keys of a database's permanent tables, so that those of two sides can be
 * compared before anything is emptied: replication carries no table definitions, and stalls at the
 * first row that does not fit. What is not null on main but not proven for old rows (from 18 on) is
 * taken for nullable, as a check that is not proven is for none: here old rows are new ones.
 *
 * @param tables by quoted name: what each column (and the key) is
 */
record TableShapes(Map<String, Map<String, String>> tables) {
  private static final int MOST_DIFFERENCES_SHOWN = 20;

  private static final String QUERY =
      """
      SELECT format('%I.%I', n.nspname, c.relname) AS name, format('column %I', a.attname) AS part,
        format_type(a.atttypid, a.atttypmod)
          || CASE WHEN a.attnotnull AND NOT EXISTS (SELECT 1 FROM pg_constraint v
            WHERE v.conrelid = c.oid AND v.contype = 'n' AND NOT v.convalidated
              AND v.conkey = ARRAY[a.attnum]) THEN ' not null' ELSE '' END
          || CASE WHEN a.attgenerated <> '' THEN ' generated' ELSE '' END AS form
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
      WHERE c.relkind IN ('r', 'p') AND c.relpersistence = 'p' AND
      """
          + UserTables.OF_USERS
          + """
      UNION ALL
      SELECT format('%I.%I', n.nspname, c.relname), 'primary key', pg_get_constraintdef(k.oid)
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        JOIN pg_constraint k ON k.conrelid = c.oid AND k.contype = 'p'
      WHERE c.relkind IN ('r', 'p') AND c.relpersistence = 'p' AND
      """
          + UserTables.OF_USERS
          + """
      UNION ALL
      SELECT format('%I.%I', n.nspname, c.relname), 'kind', c.relkind::text
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'p') AND c.relpersistence = 'p' AND
      """
          + UserTables.OF_USERS;

  static TableShapes read(Session session) throws SQLException {
    Map<String, Map<String, String>> tables = new TreeMap<>();
    session.list(
        QUERY,
        row ->
            tables
                .computeIfAbsent(row.getString("name"), _ -> new TreeMap<>())
                .put(row.getString("part"), row.getString("form")));
    return new TableShapes(tables);
  }

  /** The same for tables that are alike. */
  String fingerprint() {
    return UUID.nameUUIDFromBytes(tables.toString().getBytes(StandardCharsets.UTF_8)).toString();
  }

  /** Where the backup's tables differ from these, a phrase each; empty where they are alike. */
  List<String> differences(TableShapes backup) {
    List<String> differences = new ArrayList<>();
    TreeSet<String> names = new TreeSet<>(tables.keySet());
    names.addAll(backup.tables.keySet());
    for (String name : names) {
      Map<String, String> here = tables.get(name);
      Map<String, String> there = backup.tables.get(name);
      if (there == null) {
        differences.add(name + " is missing on the backup");
      } else if (here == null) {
        differences.add(name + " is on the backup only");
      } else {
        compare(name, here, there, differences);
      }
    }
    if (differences.size() > MOST_DIFFERENCES_SHOWN) {
      int more = differences.size() - MOST_DIFFERENCES_SHOWN;
      List<String> shown = new ArrayList<>(differences.subList(0, MOST_DIFFERENCES_SHOWN));
      shown.add("and " + more + " more");
      return shown;
    }
    return differences;
  }

  private static void compare(
      String table, Map<String, String> main, Map<String, String> backup, List<String> found) {
    TreeSet<String> parts = new TreeSet<>(main.keySet());
    parts.addAll(backup.keySet());
    for (String part : parts) {
      String here = main.getOrDefault(part, "missing");
      String there = backup.getOrDefault(part, "missing");
      if (!here.equals(there)) {
        found.add(table + " " + part + ": " + here + " on main, " + there + " on the backup");
      }
    }
  }
}
