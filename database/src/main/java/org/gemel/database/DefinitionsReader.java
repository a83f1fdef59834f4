package org.gemel.database;

import java.sql.SQLException;
import java.util.List;
import org.gemel.database.preflight.Definitions;

/** Reads what a database is made of, what is left out by name too. */
final class DefinitionsReader {
  private DefinitionsReader() {}

  static Definitions read(Session database, DatabaseSettings settings) throws SQLException {
    database.leaveOut(List.of());
    try {
      return new Definitions(
          database.one("SHOW server_version_num", row -> row.getInt(1)) / 10_000,
          settings.leftOut(),
          new TableFactsReader(database, settings).read(),
          new ObjectFactsReader(database, settings).read());
    } finally {
      database.leaveOut(settings.leftOut());
    }
  }
}
