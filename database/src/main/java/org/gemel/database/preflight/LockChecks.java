package org.gemel.database.preflight;

import static org.gemel.database.preflight.Level.BLOCKER;
import static org.gemel.database.preflight.Level.WARNING;
import static org.gemel.database.preflight.Place.BACKUP;
import static org.gemel.database.preflight.Place.MAIN;

/**
 * Room for locks. All tables are published in one transaction and emptied in one, which is what
 * keeps a cut-off start whole; a server with very many tables needs room to lock them all.
 */
final class LockChecks {
  /**
   * The table of locks may grow into memory that is nobody's: one with room for 7,744 was seen to
   * take 11,500 and to refuse 13,000. What lies between is a warning.
   */
  private static final double SPARE = 2;

  private final Findings findings;

  LockChecks(Findings findings) {
    this.findings = findings;
  }

  void check(DatabaseFacts main, DatabaseFacts backup) {
    long tables = 0;
    long emptied = 0;
    for (TableFacts table : main.tables()) {
      if (table.compared() && !main.leftOut().contains(table.name())) {
        tables += table.replicable() ? 1 : 0;
        emptied += table.relations();
      }
    }
    room(main.server(), MAIN, "publish", tables);
    room(backup.server(), BACKUP, "empty", emptied);
  }

  private void room(ServerFacts server, Place place, String act, long wanted) {
    long each = server.number("max_locks_per_transaction", 64);
    long sessions =
        server.number("max_connections", 100)
            + server.number("max_prepared_transactions", 0)
            + server.number("max_worker_processes", 8)
            + server.number("max_wal_senders", 10)
            + server.number("autovacuum_worker_slots", server.number("autovacuum_max_workers", 3));
    long all = each * Math.max(1, sessions);
    if (wanted * 5 < all * 4) {
      return;
    }
    findings
        .add(wanted > all * SPARE ? BLOCKER : WARNING, place, "locks", "")
        .found("max_locks_per_transaction = " + each + ", which makes room for " + all + " locks")
        .wanted("room for the " + wanted + " that it takes to " + act + " all tables at once")
        .set("max_locks_per_transaction", Long.toString(wanted * 2 / sessions + 64));
  }
}
