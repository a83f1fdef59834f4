package org.gemel.database;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

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
  private static final long MOST_ROWS = 2 * 65_536;

  /**
   * What differs.
   *
   * @param differing by key
   * @param changing how many rows changed at each look
   * @param more rows that differ, too many to be read one by one
   */
  record Found(Map<String, RowDifference> differing, long changing, long more) {
    static final Found NOTHING = new Found(Map.of(), 0, 0);

    long rows() {
      return differing.size() + more;
    }

    Found and(Found other) {
      Map<String, RowDifference> both = new TreeMap<>(differing);
      both.putAll(other.differing);
      return new Found(both, changing + other.changing, more + other.more);
    }
  }

  private interface Rows {
    Map<String, BothSides.Row> of(Session session) throws SQLException;
  }

  private final BothSides sides;
  private final Fence fence;

  RangeLook(BothSides sides, Fence fence) {
    this.sides = sides;
    this.fence = fence;
  }

  /**
   * A range is cut by main's rows, so there is no telling how many the backup has in it: of too
   * many only the number is found, if main stood still at two looks.
   */
  Found settle(ComparedTable table, Slice slice, BothSides.Read<Digest> digests)
      throws SQLException, DatabaseFailure {
    BothSides.Read<Digest> seen = digests;
    boolean before = false;
    for (int round = 0; round < ROUNDS && tooMany(seen); round++) {
      Digest first = BothSides.digest(sides.main(), table, slice);
      fence.pass();
      Digest there = BothSides.digest(sides.backup(), table, slice);
      seen = new BothSides.Read<>(BothSides.digest(sides.main(), table, slice), there);
      boolean still = first.equals(seen.main()) && tooMany(seen);
      if (still && before) {
        return new Found(Map.of(), 0, there.rows() - first.rows());
      }
      before = still;
    }
    return tooMany(seen) ? new Found(Map.of(), seen.backup().rows(), 0) : settle(table, slice);
  }

  private static boolean tooMany(BothSides.Read<Digest> seen) {
    long rows = seen.backup().rows();
    return rows > MOST_ROWS && rows > 2 * seen.main().rows();
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
    return new Found(differing, open.size(), 0);
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
    Map<String, BothSides.Row> before = rows.of(sides.main());
    fence.pass();
    Map<String, BothSides.Row> there = rows.of(sides.backup());
    Map<String, BothSides.Row> after = rows.of(sides.main());
    Map<String, RowDifference> found = new HashMap<>();
    Set<String> moving = new TreeSet<>();
    for (String key : BothSides.keys(before, there, after)) {
      BothSides.Row onMain = before.get(key);
      BothSides.Row onBackup = there.get(key);
      if (alike(onMain, onBackup)) {
        continue;
      }
      BothSides.Row again = after.get(key);
      if (Objects.equals(onMain, again)) { // the very version: it did not come back to it either
        found.put(key, new RowDifference(table.name(), key, onMain != null, onBackup != null));
      } else if (!alike(again, onBackup)) {
        moving.add(key);
      }
    }
    return new Seen(found, moving);
  }

  private static boolean alike(BothSides.@Nullable Row one, BothSides.@Nullable Row other) {
    return one == null ? other == null : other != null && one.content().equals(other.content());
  }
}
