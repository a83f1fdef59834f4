package org.gemel.demo.workload;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The rows of a story: its composition, in a sequence, in a project of ten. */
final class StoryRows {
  static final String NOT_FOUND = "found no row";
  private static final int STORIES_A_PROJECT = 10;

  private StoryRows() {}

  static long insert(Connection connection, String device, JournalLine line) throws SQLException {
    long sequence = sequence(connection, device, line);
    return one(
        connection,
        "INSERT INTO compositions (sequence_id, uuid, device, number, version, file, size, sha256)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
        sequence,
        line.item(),
        device,
        line.number(),
        line.version(),
        line.file(),
        line.size(),
        line.sha256());
  }

  static long update(Connection connection, JournalLine last, JournalLine line)
      throws SQLException, Refusal {
    int changed =
        change(
            connection,
            "UPDATE compositions SET version = ?, file = ?, size = ?, sha256 = ?, changed = now()"
                + " WHERE uuid = ? AND version = ?",
            line.version(),
            line.file(),
            line.size(),
            line.sha256(),
            line.item(),
            last.version());
    demandOne(changed, last);
    return last.row();
  }

  static long delete(Connection connection, JournalLine last) throws SQLException, Refusal {
    long sequence =
        one(
            connection,
            "SELECT coalesce(max(sequence_id), 0) FROM compositions WHERE uuid = ?",
            last.item());
    demandOne(
        change(
            connection,
            "DELETE FROM compositions WHERE uuid = ? AND version = ?",
            last.item(),
            last.version()),
        last);
    long project = one(connection, "SELECT project_id FROM sequences WHERE id = ?", sequence);
    change(
        connection,
        "DELETE FROM sequences WHERE id = ? AND NOT EXISTS (SELECT FROM compositions WHERE sequence_id = ?)",
        sequence,
        sequence);
    change(
        connection,
        "DELETE FROM projects WHERE id = ? AND NOT EXISTS (SELECT FROM sequences WHERE project_id = ?)",
        project,
        project);
    return last.row();
  }

  private static long sequence(Connection connection, String device, JournalLine line)
      throws SQLException {
    long open =
        one(
            connection,
            "SELECT coalesce((SELECT s.id FROM sequences s JOIN projects p ON p.id = s.project_id WHERE p.device = ?"
                + " AND (SELECT count(*) FROM compositions c WHERE c.sequence_id = s.id) < ?"
                + " ORDER BY s.id DESC LIMIT 1), 0)",
            device,
            STORIES_A_PROJECT);
    if (open != 0) {
      return open;
    }
    long project =
        one(
            connection,
            "INSERT INTO projects (name, device) VALUES (?, ?) RETURNING id",
            "Project from story " + line.number(),
            device);
    return one(
        connection,
        "INSERT INTO sequences (project_id, name) VALUES (?, ?) RETURNING id",
        project,
        "Main sequence");
  }

  static void demandOne(int changed, JournalLine last) throws Refusal {
    if (changed != 1) {
      throw new Refusal(
          NOT_FOUND
              + " in "
              + last.table()
              + " for "
              + last.item()
              + " version "
              + last.version()
              + ", which was acknowledged on "
              + last.side()
              + " at "
              + last.at()
              + ": wanted it here too; it is left alone from now on");
    }
  }

  static int change(Connection connection, String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = prepare(connection, sql, values)) {
      return statement.executeUpdate();
    }
  }

  static long one(Connection connection, String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = prepare(connection, sql, values);
        ResultSet result = statement.executeQuery()) {
      if (!result.next()) {
        throw new SQLException("found no row, wanted one from: " + sql);
      }
      return result.getLong(1);
    }
  }

  private static PreparedStatement prepare(Connection connection, String sql, Object... values)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int index = 0; index < values.length; index++) {
      statement.setObject(index + 1, values[index]);
    }
    return statement;
  }
}
