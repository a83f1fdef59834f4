package org.gemel.database;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rows of a table that may differ, of both sides, each at its one moment: both sessions
 * are inside a transaction with a snapshot.
 *
 * <p>Two keys that are written differently may be equal, such as the numbers 1.0 and 1.00. Then
 * both find the same rows, which are told of once.
 */
final class SplitRows {
  private static final int KEYS_AT_A_TIME = 500;

  /** What is done with each row. */
  interface Visitor {
    void row(SplitRow row) throws SQLException, DatabaseFailure;
  }

  /** A row as one side has it. */
  record Found(String place, List<Optional<String>> values) {}

  private final Session session;
  private final Session main;

  SplitRows(Session session, Session main) {
    this.session = session;
    this.main = main;
  }

  /**
   * Only for a transaction's time: a few keys of a large table are looked up, never scanned for.
   */
  static void lookUp(Session session) throws SQLException {
    session.command("SET LOCAL enable_hashjoin = off");
    session.command("SET LOCAL enable_mergejoin = off");
    session.command("SET LOCAL enable_seqscan = off");
  }

  void visit(SplitTable table, SplitKeys.OfTable changed, SplitKeys keys, Visitor visitor)
      throws SQLException, DatabaseFailure {
    if (changed.whole() || !table.hasAll(changed.columns())) {
      visitAll(table, changed, keys, visitor);
      return;
    }
    Set<String> told = new HashSet<>();
    List<SplitKeys.Times> all = new ArrayList<>(keys.of(table.name()).values());
    for (int from = 0; from < all.size(); from += KEYS_AT_A_TIME) {
      List<SplitKeys.Times> some = all.subList(from, Math.min(all.size(), from + KEYS_AT_A_TIME));
      Map<Integer, Found> here = byKeys(session, table, changed.columns(), some);
      Map<Integer, Found> there = byKeys(main, table, changed.columns(), some);
      for (int i = 0; i < some.size(); i++) {
        Found mine = here.get(i);
        Found mains = there.get(i);
        boolean found = mine != null || mains != null;
        if (found && told.add(place(mine) + " " + place(mains))) {
          visitor.row(
              new SplitRow(values(mine), values(mains), some.get(i).here(), some.get(i).onMain()));
        }
      }
    }
  }

  static Map<Integer, Found> byKeys(
      Session session, SplitTable table, List<String> columns, List<SplitKeys.Times> keys)
      throws SQLException {
    Map<Integer, Found> rows = new HashMap<>();
    session.list(
        table.byKeys(columns),
        row -> rows.put(row.getInt(1) - 1, found(row)),
        keys.stream().map(SplitKeys.Times::key).toList());
    return rows;
  }

  /**
   * Where nothing says which rows this side changed, each that differs may be its work; where it
   * did not change the table as a whole, its keys are known.
   */
  private void visitAll(
      SplitTable table, SplitKeys.OfTable changed, SplitKeys keys, Visitor visitor)
      throws SQLException, DatabaseFailure {
    boolean keysKnown = changed.wholeHere().isEmpty() && table.hasAll(changed.columns());
    Map<String, SplitKeys.Times> own = keysKnown ? keys.of(table.name()) : Map.of();
    try (RowCursor mine = session.cursor(table.inOrder());
        RowCursor mains = main.cursor(table.inOrder())) {
      boolean here = mine.next();
      boolean there = mains.next();
      while (here || there) {
        int order =
            !here ? 1 : !there ? -1 : mine.row().getString(1).compareTo(mains.row().getString(1));
        List<Optional<String>> ours = order <= 0 ? found(mine.row()).values() : null;
        List<Optional<String>> theirs = order >= 0 ? found(mains.row()).values() : null;
        Instant changedHere = changed.changedHere() ? changed.newestHere() : null;
        if (keysKnown && !own.isEmpty()) {
          List<Optional<String>> row = Objects.requireNonNullElse(ours, orEmpty(theirs));
          SplitKeys.Times times = own.get(Keys.digest(table.keyOf(row, changed.columns())));
          changedHere = times == null ? null : times.here();
        }
        visitor.row(new SplitRow(ours, theirs, changedHere, changed.newestOnMain()));
        here = order <= 0 ? mine.next() : here;
        there = order >= 0 ? mains.next() : there;
      }
    }
  }

  private static Found found(ResultSet row) throws SQLException {
    return new Found(
        row.getString(2),
        Arrays.stream((String[]) row.getArray(3).getArray()).map(Optional::ofNullable).toList());
  }

  private static List<Optional<String>> orEmpty(@Nullable List<Optional<String>> row) {
    return row == null ? List.of() : row;
  }

  private static String place(@Nullable Found found) {
    return found == null ? "-" : found.place();
  }

  private static @Nullable List<Optional<String>> values(@Nullable Found found) {
    return found == null ? null : found.values();
  }
}
