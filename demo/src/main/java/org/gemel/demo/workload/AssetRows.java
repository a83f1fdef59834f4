package org.gemel.demo.workload;

import java.sql.Connection;
import java.sql.SQLException;

/** The rows of recorded media and of their proxies. */
final class AssetRows {
  static final int NEW_VERSION = 1;
  static final int RETIRED_VERSION = 2;

  private AssetRows() {}

  static long insertMedia(Connection connection, String device, JournalLine line)
      throws SQLException {
    return StoryRows.one(
        connection,
        "INSERT INTO assets (kind, uuid, device, number, version, file, size, sha256)"
            + " VALUES ('media', ?, ?, ?, ?, ?, ?, ?) RETURNING id",
        line.item(),
        device,
        line.number(),
        line.version(),
        line.file(),
        line.size(),
        line.sha256());
  }

  static long insertProxy(Connection connection, String device, long parent, JournalLine line)
      throws SQLException {
    return StoryRows.one(
        connection,
        "INSERT INTO assets (kind, parent_id, uuid, device, number, version, file, size, sha256)"
            + " VALUES ('proxy', ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
        parent,
        line.item(),
        device,
        line.number(),
        line.version(),
        line.file(),
        line.size(),
        line.sha256());
  }

  /**
   * Retired media lose their proxy, then go; a proxy belongs to the encoder, which is the one to
   * delete it.
   */
  static void retire(Connection connection, JournalLine last) throws SQLException, Refusal {
    StoryRows.demandOne(
        StoryRows.change(
            connection,
            "UPDATE assets SET version = version + 1, retired = true WHERE uuid = ? AND version = ?",
            last.item(),
            last.version()),
        last);
  }

  static void delete(Connection connection, JournalLine last) throws SQLException, Refusal {
    StoryRows.demandOne(
        StoryRows.change(
            connection,
            "DELETE FROM assets WHERE uuid = ? AND version = ?",
            last.item(),
            last.version()),
        last);
  }
}
