package org.gemel.database;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes the rows here that changed on either side what they are on main, inside the caller's
 * transaction here and the one on main that has its snapshot.
 *
 * <p>Of each table first all rows go that are not as on main, and only then come main's: rows that
 * swapped a unique value would stand in each other's way otherwise. Rows that are alike are not
 * touched.
 */
final class Repair {
  private static final int KEYS_AT_A_TIME = 500;

  private final Session session;
  private final Session main;
  private long rows;
  private int wholeTables;

  Repair(Session session, Session main) {
    this.session = session;
    this.main = main;
  }

  void perform(Map<String, SplitTable> tables, SplitKeys keys)
      throws SQLException, DatabaseFailure {
    for (Map.Entry<String, SplitKeys.OfTable> changed : keys.tables().entrySet()) {
      SplitTable table = tables.get(changed.getKey());
      if (table == null) {
        continue; // dropped on both sides
      }
      boolean whole = changed.getValue().whole() || !table.hasAll(changed.getValue().columns());
      if (whole) {
        copyWhole(table);
      } else {
        repair(table, changed.getValue().columns(), keys.of(table.name()).values());
      }
    }
  }

  String words() {
    return rows
        + " rows repaired"
        + (wholeTables == 0 ? "" : " and " + wholeTables + " tables copied whole")
        + ", all that changed compared and equal";
  }

  /** Rows that were written here or taken away. */
  long rows() {
    return rows;
  }

  /** The rows of one table under these keys. */
  void repair(SplitTable table, List<String> columns, Collection<SplitKeys.Times> keys)
      throws SQLException, DatabaseFailure {
    List<SplitKeys.Times> all = List.copyOf(keys);
    BitSet missing = new BitSet();
    for (int from = 0; from < all.size(); from += KEYS_AT_A_TIME) {
      List<SplitKeys.Times> some = some(all, from);
      Map<Integer, SplitRows.Found> here = SplitRows.byKeys(session, table, columns, some);
      Map<Integer, SplitRows.Found> there = SplitRows.byKeys(main, table, columns, some);
      List<String> gone = new ArrayList<>();
      for (int i = 0; i < some.size(); i++) {
        SplitRows.Found mine = here.get(i);
        SplitRows.Found mains = there.get(i);
        boolean alike = mine != null && mains != null && mine.values().equals(mains.values());
        if (mine != null && !alike) {
          gone.add(mine.place());
        }
        missing.set(from + i, mains != null && !alike);
      }
      if (!gone.isEmpty()) {
        rows +=
            session.change(
                "DELETE FROM ONLY " + table.name() + " WHERE ctid = ANY (?::text[]::tid[])", gone);
      }
    }
    insert(table, columns, all, missing);
    requireAlike(table, columns, all);
  }

  private void insert(
      SplitTable table, List<String> columns, List<SplitKeys.Times> all, BitSet missing)
      throws SQLException {
    Set<String> inserted = new HashSet<>();
    for (int from = 0; from < all.size(); from += KEYS_AT_A_TIME) {
      List<SplitKeys.Times> wanted = new ArrayList<>();
      for (int i = from; i < Math.min(all.size(), from + KEYS_AT_A_TIME); i++) {
        if (missing.get(i)) {
          wanted.add(all.get(i));
        }
      }
      List<List<Optional<String>>> found = new ArrayList<>();
      for (SplitRows.Found row : SplitRows.byKeys(main, table, columns, wanted).values()) {
        if (inserted.add(row.place())) { // keys that are written otherwise may be equal
          found.add(row.values());
        }
      }
      if (!found.isEmpty()) {
        List<Object> parameters = new ArrayList<>();
        for (SplitTable.Column column : table.written()) {
          int place = table.place(column.name());
          List<@Nullable String> values = new ArrayList<>();
          found.forEach(row -> values.add(row.get(place).orElse(null)));
          parameters.add(values);
        }
        rows += session.change(table.insert(), parameters.toArray());
      }
    }
  }

  private void requireAlike(SplitTable table, List<String> columns, List<SplitKeys.Times> all)
      throws SQLException, DatabaseFailure {
    for (int from = 0; from < all.size(); from += KEYS_AT_A_TIME) {
      List<SplitKeys.Times> some = some(all, from);
      Map<Integer, SplitRows.Found> here = SplitRows.byKeys(session, table, columns, some);
      Map<Integer, SplitRows.Found> there = SplitRows.byKeys(main, table, columns, some);
      for (int i = 0; i < some.size(); i++) {
        SplitRows.Found mine = here.get(i);
        SplitRows.Found mains = there.get(i);
        if (mine == null ? mains != null : mains == null || !mine.values().equals(mains.values())) {
          throw notAlike(table, "the row " + some.get(i).key());
        }
      }
    }
  }

  private void copyWhole(SplitTable table) throws SQLException, DatabaseFailure {
    session.command("SET LOCAL statement_timeout = 0");
    main.command("SET LOCAL statement_timeout = 0");
    Emptying.empty(session, table.name());
    main.copy(table.copy() + " TO STDOUT", session, table.copy() + " FROM STDIN");
    String digest = LossHash.digestOfAll(table);
    if (!session.texts(digest).equals(main.texts(digest))) {
      throw notAlike(table, "a row");
    }
    session.command("SET LOCAL statement_timeout = " + Connecting.STATEMENT_TIMEOUT.toMillis());
    main.command("SET LOCAL statement_timeout = " + Connecting.STATEMENT_TIMEOUT.toMillis());
    wholeTables++;
  }

  private static DatabaseFailure notAlike(SplitTable table, String what) {
    return DatabaseFailure.refused(
        what + " of " + table.name() + " still otherwise than on main after its repair",
        "the same on both sides",
        "nothing was changed; a trigger that fires ALWAYS or a rule may stand in the way: start the"
            + " replication with a copy");
  }

  private static List<SplitKeys.Times> some(List<SplitKeys.Times> all, int from) {
    return all.subList(from, Math.min(all.size(), from + KEYS_AT_A_TIME));
  }

  /** How long main's transactions in flight are waited for, for the moment to repair to. */
  static final Duration SLOT_PATIENCE = Duration.ofSeconds(60);
}
