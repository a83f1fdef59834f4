package org.gemel.demo.proof;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.gemel.demo.workload.JournalLine;

/** The rows of all items as a side's database has them, read in one snapshot. */
final class ExpectedRows {
  /** A row, as far as a journal claims it. */
  record Row(String file, long size, String sha256, int version) {
    boolean is(JournalLine line) {
      return file.equals(line.file())
          && size == line.size()
          && sha256.equals(line.sha256())
          && version == line.version();
    }
  }

  private ExpectedRows() {}

  static Map<String, Map<UUID, Row>> read(Connection connection) throws SQLException {
    Map<String, Map<UUID, Row>> tables = new HashMap<>();
    for (String table : new String[] {"compositions", "assets"}) {
      Map<UUID, Row> rows = new HashMap<>();
      try (Statement statement = connection.createStatement();
          ResultSet result =
              statement.executeQuery(
                  "SELECT uuid, file, size, sha256, version FROM public." + table)) {
        while (result.next()) {
          rows.put(
              result.getObject(1, UUID.class),
              new Row(
                  result.getString(2), result.getLong(3), result.getString(4), result.getInt(5)));
        }
      }
      tables.put(table, rows);
    }
    return tables;
  }
}
