package org.gemel.database;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * A table copy that PostgreSQL cannot bring to its end.
 *
 * <p>When a table's worker is done it drops its slot on main and <em>then</em> commits that it is
 * done. If the backup crashes in between, the worker comes back, asks for the dropped slot, fails,
 * and so on for ever (seen with 18.6, also with synchronous commit). Only a new copy helps.
 *
 * <p>It is proven, not guessed: main has no such slot; after that, no worker of this table is alive
 * that could still be about to commit; and after that, the table is still not done.
 */
final class StuckCopy {
  private static final String FINISHED_COPY =
      """
      SELECT r.srrelid::bigint AS relation, s.subconninfo,
        'pg_' || s.oid || '_sync_' || r.srrelid || '_'
          || (SELECT system_identifier FROM pg_control_system()) AS slot
      FROM pg_subscription s JOIN pg_subscription_rel r ON r.srsubid = s.oid
      WHERE s.subname = ? AND s.subenabled AND r.srsubstate = 'f'""";

  private record Copy(long relation, String connection, String slot) {}

  private final Session session;
  private final String name;

  StuckCopy(Session session, String name) {
    this.session = session;
    this.name = name;
  }

  /** The main to copy from anew, if a copy is stuck for ever. */
  Optional<MainConnection> main() throws SQLException, DatabaseFailure {
    List<Copy> before = copies();
    if (before.isEmpty() || !new OwnSchema(session).copyingSince().isPresent()) {
      return Optional.empty();
    }
    MainConnection main = ConnectionString.parse(before.getFirst().connection());
    List<String> onMain;
    try (Session mainSession = Session.replication(main.address(), main.replication(), List.of())) {
      onMain = mainSession.texts("SELECT slot_name::text FROM pg_replication_slots");
    } catch (SQLException e) {
      return Optional.empty(); // main does not answer: nothing is proven, the worker waits as well
    }
    List<Long> working =
        session.list(
            "SELECT relid::bigint FROM pg_stat_subscription WHERE subname = ? AND relid IS NOT NULL"
                + " AND pid IS NOT NULL",
            row -> row.getLong(1),
            name);
    boolean stuck =
        copies().stream()
            .anyMatch(
                copy ->
                    before.contains(copy)
                        && !onMain.contains(copy.slot())
                        && !working.contains(copy.relation()));
    return stuck ? Optional.of(main) : Optional.empty();
  }

  private List<Copy> copies() throws SQLException {
    return session.list(
        FINISHED_COPY,
        row ->
            new Copy(row.getLong("relation"), row.getString("subconninfo"), row.getString("slot")),
        name);
  }
}
