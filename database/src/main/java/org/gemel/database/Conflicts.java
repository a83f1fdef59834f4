package org.gemel.database;

import java.sql.SQLException;
import java.util.Optional;

/**
 * Changes that found a row here missing or otherwise than main's, and were passed over without an
 * error; the server counts them from release 18 on.
 *
 * <p>What it counted before a comparison began that found all rows equal speaks against equality no
 * more: whatever was passed over has been made good since. So the comparison notes the count as it
 * was at its beginning. One counted a moment later, because of a row in a range that had been
 * compared already, makes it another.
 */
final class Conflicts {
  static final String TABLE =
      """
      CREATE TABLE IF NOT EXISTS gemel.conflicts_settled (
        single boolean PRIMARY KEY DEFAULT true CHECK (single),
        count text NOT NULL)""";

  private static final int COUNTED_SINCE = 180000;

  private final Session session;
  private final String name;

  Conflicts(Session session, String name) {
    this.session = session;
    this.name = name;
  }

  /**
   * How many there are, of which subscription, since when: a crash sets the count to 0, after which
   * it may come to the same number again. Empty where nothing is counted.
   */
  Optional<String> count() throws SQLException {
    if (!areCounted()) {
      return Optional.empty();
    }
    return session.first(
        """
        SELECT concat_ws(' ', s.subid, s.confl_insert_exists + s.confl_update_exists
          + s.confl_update_missing + s.confl_delete_missing + s.confl_multiple_unique_conflicts,
          s.stats_reset, w.stats_reset)
        FROM pg_stat_subscription_stats s, pg_stat_bgwriter w WHERE s.subname = ?""",
        row -> row.getString(1),
        name);
  }

  /** Those that nobody has settled. */
  long unsettled() throws SQLException {
    Optional<String> count = count();
    if (count.isEmpty() || count.equals(settled())) {
      return 0;
    }
    return Long.parseLong(count.get().split(" ", -1)[1]);
  }

  private Optional<String> settled() throws SQLException {
    return session.holds("SELECT to_regclass('gemel.conflicts_settled') IS NOT NULL")
        ? session.first("SELECT count FROM gemel.conflicts_settled", row -> row.getString(1))
        : Optional.empty();
  }

  /** All rows were found equal by what began at this count. Part of the caller's transaction. */
  static void settle(Session session, String count) throws SQLException {
    session.change(
        """
        INSERT INTO gemel.conflicts_settled (count) VALUES (?)
        ON CONFLICT (single) DO UPDATE SET count = excluded.count""",
        count);
  }

  private boolean areCounted() throws SQLException {
    return session.one("SHOW server_version_num", row -> row.getInt(1)) >= COUNTED_SINCE;
  }
}
