package org.gemel.database;

import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;

/**
 * The row by which a backup's delay is known: main writes the time into it again and again, and
 * replication brings it over like any other row. So it tells not what a server says of its stream,
 * but what came through. Both times are main's clock's, so the clocks of the hosts may differ.
 *
 * <p>It is the one table of the schema {@code gemel} that is offered to the backup. The row is made
 * on main before it is offered and moved only ever after, for an insertion could meet a row on the
 * backup and stop all replication there.
 */
final class Canary {
  static final String NAME = "gemel.canary";

  static final String TABLE =
      """
      CREATE TABLE IF NOT EXISTS gemel.canary (
        single boolean PRIMARY KEY DEFAULT true CHECK (single),
        beat timestamptz NOT NULL)""";

  private final Session session;

  Canary(Session session) {
    this.session = session;
  }

  /** Makes the row where there is none. */
  void provide() throws SQLException {
    session.change("INSERT INTO gemel.canary (beat) VALUES ('epoch') ON CONFLICT DO NOTHING");
  }

  /** On main: writes the time. Nobody waits for the disk, for nothing is lost with it. */
  void beat() throws SQLException, DatabaseFailure {
    if (!isThere()) {
      return;
    }
    session.transaction(
        () -> {
          session.command("SET LOCAL synchronous_commit = off");
          session.change("UPDATE gemel.canary SET beat = clock_timestamp()");
        });
  }

  /** When it was written, by main's clock; empty before the first time. */
  Optional<Instant> seen() throws SQLException {
    if (!isThere()) {
      return Optional.empty();
    }
    return session
        .first("SELECT beat FROM gemel.canary WHERE beat > 'epoch'", row -> row.getTimestamp(1))
        .map(Timestamp::toInstant);
  }

  private boolean isThere() throws SQLException {
    return session.holds("SELECT to_regclass('gemel.canary') IS NOT NULL");
  }
}
