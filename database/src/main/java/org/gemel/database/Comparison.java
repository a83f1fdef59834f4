package org.gemel.database;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Compares every row of one table on both sides, range by range, while clients work with main and
 * the backup follows.
 *
 * <p>A range whose checksums differ may only be behind, so its rows are read: main's, then, once
 * the backup has confirmed that moment, the backup's, then main's again. A row that main has alike
 * both times, and the backup otherwise in between, differs. One that changed meanwhile is looked at
 * again.
 */
final class Comparison {
  private static final int ROUNDS = 3;
  private static final int EXAMPLES = 20;
  private static final int MOST_PARTS = 1024;

  private final BothSides sides;
  private final Fence fence;
  private final ComparisonPace pace;
  private final ComparedTable table;
  private final Map<String, RowDifference> differing = new TreeMap<>();
  private long rows;
  private long changing;

  Comparison(BothSides sides, Fence fence, ComparisonPace pace, ComparedTable table) {
    this.sides = sides;
    this.fence = fence;
    this.pace = pace;
    this.table = table;
  }

  TableComparison compare() throws SQLException, DatabaseFailure {
    sides.begin(table);
    if (table.range().isPresent()) {
      compareRanges(table.range().get());
    } else {
      compareParts();
    }
    return new TableComparison(
        table.name(),
        rows,
        differing.size(),
        differing.values().stream().limit(EXAMPLES).toList(),
        changing);
  }

  private void compareRanges(ComparedTable.Range range) throws SQLException, DatabaseFailure {
    String above = null;
    boolean more = true;
    while (more) {
      Throttle throttle = new Throttle(pace);
      Optional<String> upTo = end(range, above);
      Slice slice = Slice.range(range, above, upTo.orElse(null));
      BothSides.Read<Digest> digests = sides.digests(table, slice);
      rows += digests.main().rows();
      if (!digests.alike()) {
        settle(slice);
      }
      throttle.pause(digests.main().rows());
      more = upTo.isPresent();
      above = upTo.orElse(null);
    }
  }

  private Optional<String> end(ComparedTable.Range range, @Nullable String above)
      throws SQLException {
    Slice rest = Slice.range(range, above, null);
    List<Object> parameters = new ArrayList<>(rest.parameters());
    parameters.add(pace.rowsPerRange() - 1);
    return sides
        .main()
        .first(
            "SELECT t.%1$s::text FROM %2$s t WHERE %3$s ORDER BY t.%1$s OFFSET ? LIMIT 1"
                .formatted(range.column(), table.name(), rest.where()),
            row -> row.getString(1),
            parameters.toArray());
  }

  /** No order that both sides surely share: one pass over all, cut by the hashes of the keys. */
  private void compareParts() throws SQLException, DatabaseFailure {
    Throttle throttle = new Throttle(pace);
    long estimate =
        sides
            .main()
            .one(
                "SELECT greatest(reltuples, 0)::bigint FROM pg_class WHERE oid = ?::regclass",
                row -> row.getLong(1),
                table.name());
    int parts =
        (int) Math.min(MOST_PARTS, Long.highestOneBit(Math.max(1, estimate / pace.rowsPerRange())));
    BothSides.Read<Map<Integer, Digest>> digests =
        sides.read(
            session -> {
              Map<Integer, Digest> found = new TreeMap<>();
              session.list(
                  table.partsQuery(parts),
                  row ->
                      found.put(row.getInt(1), new Digest(row.getLong(2), row.getBigDecimal(3))));
              return found;
            });
    rows = digests.main().values().stream().mapToLong(Digest::rows).sum();
    for (int part = 0; part < parts; part++) {
      Digest onMain = digests.main().get(part);
      Digest onBackup = digests.backup().get(part);
      if (onMain == null ? onBackup != null : !onMain.equals(onBackup)) {
        settle(Slice.part(table, part, parts));
      }
    }
    throttle.pause(rows);
  }

  private void settle(Slice slice) throws SQLException, DatabaseFailure {
    Rows open = Rows.NONE;
    for (int round = 0; round < ROUNDS; round++) {
      open = look(slice);
      if (open.changing() == 0) {
        break;
      }
    }
    if (!open.differing().isEmpty()) {
      // A row can be on the backup before main's own session has let others see it.
      open = open.seenAgain(look(slice));
    }
    changing += open.changing();
    differing.putAll(open.differing());
  }

  private record Rows(Map<String, RowDifference> differing, long changing) {
    static final Rows NONE = new Rows(Map.of(), 0);

    Rows seenAgain(Rows later) {
      Map<String, RowDifference> both = new TreeMap<>(differing);
      both.keySet().retainAll(later.differing.keySet());
      return new Rows(both, later.changing);
    }
  }

  private Rows look(Slice slice) throws SQLException, DatabaseFailure {
    Map<String, Digest> before = BothSides.rows(sides.main(), table, slice);
    fence.pass();
    Map<String, Digest> there = BothSides.rows(sides.backup(), table, slice);
    Map<String, Digest> after = BothSides.rows(sides.main(), table, slice);
    Map<String, RowDifference> found = new TreeMap<>();
    long moving = 0;
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
        moving++;
      }
    }
    return new Rows(found, moving);
  }
}
