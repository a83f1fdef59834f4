package org.gemel.bench.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What clients' tables a database has, and what is in them. */
public final class Tables {
  private Tables() {}

  public static List<String> names(Access access) throws SQLException {
    List<String> names = new ArrayList<>();
    try (Connection connection = access.connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    return names;
  }

  /** As a database is that was just made. */
  public static void dropAll(Access access) throws SQLException {
    List<String> names = names(access);
    if (!names.isEmpty()) {
      access.run("DROP TABLE " + String.join(", ", names) + " CASCADE");
    }
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
