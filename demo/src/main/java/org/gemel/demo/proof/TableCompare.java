package org.gemel.demo.proof;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.gemel.core.Side;
import org.gemel.demo.workload.DatabaseAccess;

/**
 * Whether two databases have the same rows in all tables of clients. The checksum of a table does
 * not depend on the order of rows, and two equal rows do not cancel each other as they would in an
 * exclusive or.
 */
final class TableCompare {
  private static final String TABLES =
      "SELECT quote_ident(table_name) FROM information_schema.tables"
          + " WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY 1";
  private static final int SHOWN = 5;

  private TableCompare() {}

  /**
   * What came out.
   *
   * @param rows over all tables of X
   */
  record Result(int tables, long rows, List<Finding> findings) {}

  record Sum(long rows, String checksum) {}

  static Result compare(DatabaseAccess x, DatabaseAccess y) throws SQLException {
    try (Connection onX = open(x);
        Connection onY = open(y)) {
      Map<String, Sum> sumsX = sums(onX);
      Map<String, Sum> sumsY = sums(onY);
      List<Finding> findings = new ArrayList<>();
      Set<String> tables = new TreeSet<>(sumsX.keySet());
      tables.addAll(sumsY.keySet());
      for (String table : tables) {
        Sum sumX = sumsX.get(table);
        Sum sumY = sumsY.get(table);
        if (sumX == null || sumY == null) {
          findings.add(
              new Finding(
                  "table " + table,
                  "found it on " + (sumX == null ? Side.Y : Side.X) + " only, wanted it on both"));
        } else if (!sumX.equals(sumY)) {
          findings.add(difference(table, sumX, sumY, onX, onY));
        }
      }
      return new Result(
          tables.size(), sumsX.values().stream().mapToLong(Sum::rows).sum(), findings);
    }
  }

  private static Connection open(DatabaseAccess access) throws SQLException {
    Connection connection = access.open();
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "SET DateStyle = 'ISO'; SET IntervalStyle = 'postgres'; SET extra_float_digits = 3; SET bytea_output = 'hex'");
      connection.setAutoCommit(false);
      connection.setReadOnly(true);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  private static Map<String, Sum> sums(Connection connection) throws SQLException {
    Map<String, Sum> sums = new TreeMap<>();
    for (String table : strings(connection, TABLES)) {
      try (Statement statement = connection.createStatement();
          ResultSet result =
              statement.executeQuery(
                  "SELECT count(*), coalesce(sum(hashtextextended(t::text, 0)::numeric), 0)::text FROM public."
                      + table
                      + " t")) {
        result.next();
        sums.put(table, new Sum(result.getLong(1), result.getString(2)));
      }
    }
    return sums;
  }

  private static Finding difference(
      String table, Sum sumX, Sum sumY, Connection onX, Connection onY) throws SQLException {
    String all = "SELECT t::text FROM public." + table + " t";
    Set<String> onlyX = new TreeSet<>(strings(onX, all));
    Set<String> onlyY = new TreeSet<>(strings(onY, all));
    Set<String> both = new TreeSet<>(onlyX);
    both.retainAll(onlyY);
    onlyX.removeAll(both);
    onlyY.removeAll(both);
    return new Finding(
        "table " + table,
        "found %d rows on X and %d on Y, wanted the same rows; only on X %d %s, only on Y %d %s"
            .formatted(
                sumX.rows(), sumY.rows(), onlyX.size(), some(onlyX), onlyY.size(), some(onlyY)));
  }

  private static List<String> some(Set<String> rows) {
    return rows.stream().limit(SHOWN).toList();
  }

  private static List<String> strings(Connection connection, String sql) throws SQLException {
    List<String> values = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        values.add(result.getString(1));
      }
    }
    return values;
  }
}
