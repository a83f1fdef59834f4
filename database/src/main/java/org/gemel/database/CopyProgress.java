package org.gemel.database;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.gemel.database.TableCopy.State;

/**
 * Reads how far a copy is: from what is noted, from the state of the subscription, and from what
 * the server says of the COPY commands under way, whoever gave them. So it is the same for all who
 * look, and nobody need remember anything.
 */
final class CopyProgress {
  /** In a database that an earlier release began to copy into. */
  private static final String STATES =
      """
      SELECT format('%I.%I', n.nspname, c.relname), r.srsubstate::text
      FROM pg_subscription s JOIN pg_subscription_rel r ON r.srsubid = s.oid
        JOIN pg_class c ON c.oid = r.srrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE s.subname = ? AND n.nspname <> 'gemel' ORDER BY 1""";

  private static final String TABLES =
      """
      SELECT format('%I.%I', n.nspname, c.relname) AS name, r.srsubstate::text AS state,
        k.token IS NOT NULL AS by_us, coalesce(t.parts, 1) AS parts,
        coalesce(t.parts_done, 0) AS parts_done, coalesce(t.rows, 0) AS rows,
        coalesce(t.total_rows, -1) AS total_rows, coalesce(t.total_bytes, -1) AS total_bytes,
        coalesce(p.rows, 0) AS moving_rows, coalesce(p.bytes, 0) AS moving_bytes,
        coalesce(p.rate, 0) AS rate
      FROM pg_subscription s JOIN pg_subscription_rel r ON r.srsubid = s.oid
        JOIN pg_class c ON c.oid = r.srrelid JOIN pg_namespace n ON n.oid = c.relnamespace
        LEFT JOIN gemel.copying k ON true LEFT JOIN gemel.copied t ON t.relation = r.srrelid
        LEFT JOIN (
          SELECT g.relid, sum(g.tuples_processed) AS rows, sum(g.bytes_processed) AS bytes,
            sum(g.bytes_processed
              / greatest(extract(epoch FROM clock_timestamp() - a.xact_start), 0.1))::bigint AS rate
          FROM pg_stat_progress_copy g LEFT JOIN pg_stat_activity a ON a.pid = g.pid
          WHERE g.datname = current_database() AND g.command = 'COPY FROM' GROUP BY g.relid
        ) p ON p.relid = r.srrelid
      WHERE s.subname = ? AND n.nspname <> 'gemel' ORDER BY 1""";

  private static final String WHOLE =
      """
      SELECT (extract(epoch FROM clock_timestamp() - begun) * 1000)::bigint AS elapsed,
        (SELECT count(*) FROM gemel.index_aside a JOIN pg_index i ON i.indexrelid = a.relation
          WHERE NOT (i.indisvalid AND i.indisready)) AS indexes,
        coalesce(broken_off, '') AS broken_off
      FROM gemel.copying WHERE begun IS NOT NULL""";

  /** What holds for all tables. */
  private record Whole(Duration elapsed, int indexes, String brokenOff) {}

  private static final Whole NONE = new Whole(Duration.ZERO, 0, "");

  private final Session session;
  private final String name;

  CopyProgress(Session session, String name) {
    this.session = session;
    this.name = name;
  }

  InitialSync read() throws SQLException {
    if (!new CopyNotes(session).exist()) {
      List<TableCopy> states =
          session.list(
              STATES, row -> new TableCopy(row.getString(1), state(row.getString(2))), name);
      return new InitialSync(
          states, states.stream().allMatch(table -> table.state() == State.FOLLOWING));
    }
    List<TableCopy> tables = session.list(TABLES, CopyProgress::table, name);
    Optional<Whole> whole =
        session.first(
            WHOLE,
            row ->
                new Whole(
                    Duration.ofMillis(row.getLong("elapsed")),
                    row.getInt("indexes"),
                    row.getString("broken_off")));
    boolean complete =
        new CopyNotes(session).underway().isEmpty()
            && !new OwnSchema(session).isHealing()
            && tables.stream().allMatch(table -> table.state() == State.FOLLOWING);
    return new InitialSync(
        tables,
        complete,
        whole.orElse(NONE).elapsed(),
        whole.orElse(NONE).indexes(),
        whole.orElse(NONE).brokenOff());
  }

  private static TableCopy table(ResultSet row) throws SQLException {
    long parts = row.getLong("parts");
    long done = row.getLong("parts_done");
    long total = row.getLong("total_bytes");
    long moving = row.getLong("moving_bytes");
    State state =
        row.getBoolean("by_us")
            ? ours(done == parts, done > 0 || moving > 0)
            : state(row.getString("state"));
    // A row takes another number of bytes on its way than in the table, so it is no more than that.
    long bytes = Math.min(Math.max(total, 0), total / parts * done + moving);
    boolean here = state == State.CATCHING_UP || state == State.FOLLOWING;
    return new TableCopy(
        row.getString("name"),
        state,
        row.getLong("rows") + row.getLong("moving_rows"),
        row.getLong("total_rows"),
        here ? Math.max(total, 0) : bytes,
        total,
        row.getLong("rate"));
  }

  private static State ours(boolean whole, boolean begun) {
    return whole ? State.CATCHING_UP : begun ? State.COPYING : State.WAITING;
  }

  private static State state(String letter) {
    return switch (letter) {
      case "i" -> State.WAITING;
      case "d" -> State.COPYING;
      case "f", "s" -> State.CATCHING_UP;
      case "r" -> State.FOLLOWING;
      default -> throw new IllegalStateException("unknown state of a table copy: " + letter);
    };
  }
}
