package org.gemel.bench.database;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What clients' tables a database has, and what is in them. */
public final class Tables {
  private Tables() {}

  private static List<String> names(Access access) throws SQLException {
    return access.texts("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1");
  }

  /** Of each table: its rows' number, and a sum over them that no order of rows changes. */
  public static Map<String, String> sums(Access access) throws SQLException {
    Map<String, String> sums = new TreeMap<>();
    for (String table : names(access)) {
      sums.put(
          table,
          access.text(
              "SELECT count(*) || ' ' || coalesce(sum(hashtextextended(t::text, 0)::numeric), 0)"
                  + " FROM "
                  + table
                  + " t"));
    }
    return sums;
  }
}
