package org.gemel.database;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Looks at the rows of a range of which something seems to differ.
 *
 * <p>They may only be behind. So main's rows are read, then, once the backup has confirmed that
 * moment, the backup's, then main's again. A row that main has alike both times, and the backup
 * otherwise in between, differs; if it does so twice, it is named, for a row can be on the backup
 * before main's own session lets others see it. One that changed meanwhile is looked at again.
 *
 * <p>Where the two servers may sort otherwise, what seems to be missing in a range is looked for by
 * its key.
 */
final class RangeLook {
  private static final int ROUNDS = 4;
  private static final int MOST_BY_KEY = 5000;

  /** What differs, by key, and how many rows changed at each look. */
  record Found(Map<String, RowDifference> differing, long changing) {
    static final Found NOTHING = new Found(Map.of(), 0);

    Found and(Found other) {
      Map<String, RowDifference> both = new TreeMap<>(differing);
      both.putAll(other.differing);
      return new Found(both, changing + other.changing);
    }
  }

  private interface Rows {
    Map<String, Digest> of(Session session) throws SQLException;
  }

  private final BothSides sides;
  private final Fence fence;

  RangeLook(BothSides sides, Fence fence) {
    this.sides = sides;
    this.fence = fence;
  }

  Found settle(ComparedTable table, Slice slice) throws SQLException, DatabaseFailure {
    boolean sameRanges = table.order().map(KeyOrder::isSure).orElse(true);
    Rows inSlice = session -> BothSides.rows(session, table, slice);
    Seen first = look(table, inSlice);
    Set<String> open = first.open();
    Set<String> before = sameRanges ? first.differing().keySet() : Set.of();
    Map<String, RowDifference> differing = new TreeMap<>();
    for (int round = 1; round < ROUNDS && !open.isEmpty(); round++) {
      Set<String> keys = open;
      boolean byKey = table.order().isPresent() && (!sameRanges || keys.size() <= MOST_BY_KEY);
      Seen seen = look(table, byKey ? session -> BothSides.rows(session, table, keys) : inSlice);
      Map<String, RowDifference> again = new TreeMap<>(seen.differing());
      again.keySet().retainAll(before);
      differing.putAll(again);
      open = seen.open();
      open.retainAll(keys);
      open.removeAll(differing.keySet());
      before = seen.differing().keySet();
    }
    return new Found(differing, open.size());
  }

  /** What one look found: what stood still and differs, and what moved. */
  private record Seen(Map<String, RowDifference> differing, Set<String> moving) {
    Set<String> open() {
      Set<String> open = new TreeSet<>(differing.keySet());
      open.addAll(moving);
      return open;
    }
  }

  private Seen look(ComparedTable table, Rows rows) throws SQLException, DatabaseFailure {
    Map<String, Digest> before = rows.of(sides.main());
    fence.pass();
    Map<String, Digest> there = rows.of(sides.backup());
    Map<String, Digest> after = rows.of(sides.main());
    Map<String, RowDifference> found = new HashMap<>();
    Set<String> moving = new TreeSet<>();
    for (String key : BothSides.keys(before, there, after)) {
      Digest onMain = before.get(key);
      Digest onBackup = there.get(key);
      if (onMain == null ? onBackup == null : onMain.equals(onBackup)) {
        continue;
      }
      Digest again = after.get(key);
      if (onMain == null ? again == null : onMain.equals(again)) {
        found.put(key, new RowDifference(table.name(), key, onMain != null, onBackup != null));
      } else if (again == null ? onBackup != null : !again.equals(onBackup)) {
        moving.add(key);
      }
    }
    return new Seen(found, moving);
  }
}
