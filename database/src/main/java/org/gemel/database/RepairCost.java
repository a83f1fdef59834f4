package org.gemel.database;

import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/** Whether to repair what changed is cheaper than to copy everything; by the servers' estimates. */
final class RepairCost {
  private final Session session;
  private final Session main;
  private final ChangeLogLimits limits;

  RepairCost(Session session, Session main, ChangeLogLimits limits) {
    this.session = session;
    this.main = main;
    this.limits = limits;
  }

  /** Empty where it is. */
  String whyNotCheap() throws SQLException {
    Map<String, Long> rows = new TreeMap<>();
    main.list(
        """
        SELECT format('%I.%I', n.nspname, c.relname),
          greatest(c.reltuples, pg_stat_get_live_tuples(c.oid), 0)::bigint
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind = 'r' AND c.relpersistence = 'p' AND
        """
            + UserTables.OF_USERS,
        row -> rows.put(row.getString(1), row.getLong(2)));
    long changed = new ChangeNotes(session).keys() + new ChangeNotes(main).keys();
    for (Session side : new Session[] {session, main}) {
      for (Map.Entry<String, ChangeNotes.Noted> table : new ChangeNotes(side).tables().entrySet()) {
        if (!table.getValue().whole().isEmpty()) {
          changed += rows.getOrDefault(table.getKey(), 0L);
        }
      }
    }
    long all = rows.values().stream().mapToLong(Long::longValue).sum();
    boolean cheap = changed <= limits.alwaysRepaired() || changed <= limits.repairedShare() * all;
    return cheap
        ? ""
        : "about %d of %d rows would have to be repaired, which is no cheaper"
            .formatted(changed, all);
  }
}
