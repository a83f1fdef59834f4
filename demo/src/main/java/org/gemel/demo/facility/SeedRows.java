package org.gemel.demo.facility;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.gemel.demo.workload.JournalLine;

/** Rows for the files a facility begins with: ten stories a sequence, two sequences a project. */
final class SeedRows {
  private static final int STORIES_A_SEQUENCE = 10;
  private static final int SEQUENCES_A_PROJECT = 2;

  private SeedRows() {}

  static void insert(Connection connection, List<JournalLine> material) throws SQLException {
    long project = 0;
    long sequence = 0;
    int stories = 0;
    for (JournalLine line : material) {
      if (line.table().equals("assets")) {
        file(
            connection,
            "INSERT INTO assets (kind, uuid, device, number, version, file, size, sha256)"
                + " VALUES ('media', ?, ?, ?, ?, ?, ?, ?) RETURNING id",
            line);
        continue;
      }
      if (stories % (STORIES_A_SEQUENCE * SEQUENCES_A_PROJECT) == 0) {
        project =
            key(
                connection,
                "INSERT INTO projects (name, device) VALUES (?, ?) RETURNING id",
                "Archive " + stories,
                SeedMaterial.DEVICE);
      }
      if (stories % STORIES_A_SEQUENCE == 0) {
        sequence =
            key(
                connection,
                "INSERT INTO sequences (project_id, name) VALUES (?, ?) RETURNING id",
                project,
                "Sequence " + stories);
      }
      file(
          connection,
          "INSERT INTO compositions (sequence_id, uuid, device, number, version, file, size, sha256)"
              + " VALUES ("
              + sequence
              + ", ?, ?, ?, ?, ?, ?, ?) RETURNING id",
          line);
      stories++;
    }
  }

  private static void file(Connection connection, String sql, JournalLine line)
      throws SQLException {
    key(
        connection,
        sql,
        line.item(),
        SeedMaterial.DEVICE,
        line.number(),
        line.version(),
        line.file(),
        line.size(),
        line.sha256());
  }

  private static long key(Connection connection, String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int index = 0; index < values.length; index++) {
        statement.setObject(index + 1, values[index]);
      }
      try (ResultSet result = statement.executeQuery()) {
        if (!result.next()) {
          throw new SQLException("found no key returned, wanted one from: " + sql);
        }
        return result.getLong(1);
      }
    }
  }
}
