package org.gemel.database;

import java.sql.SQLException;
import java.util.List;
import org.gemel.database.preflight.Definitions;

/** Reads what a database is made of, what is left out by name too. */
final class DefinitionsReader {
  private DefinitionsReader() {}

  /** Of a main at work, where others queue behind whoever waits for somebody's alteration. */
  static Definitions readAtWork(Session database, DatabaseSettings settings) throws SQLException {
    String before = database.one("SHOW lock_timeout", row -> row.getString(1));
    database.command("SET lock_timeout = '1s'");
    try {
      return read(database, settings);
    } finally {
      database.command("SET lock_timeout = " + Sql.literal(before));
    }
  }

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
