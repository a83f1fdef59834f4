package org.gemel.database;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Compares every row of one table on both sides, range by range, while clients work with main and
 * the backup follows. Each range is noted when it is done; see {@link ComparisonNotes}.
 *
 * <p>A range whose checksums differ is looked at row by row; see {@link RangeLook}.
 */
final class Comparison {
  private static final long LONGEST_RANGE_BYTES = 64L << 20;
  private static final int FEWEST_ROWS = 16;
  private static final int MOST_PARTS = 1024;

  private final BothSides sides;
  private final RangeLook look;
  private final ComparisonPace pace;
  private final Throttle throttle;

  /** Is told of each range. */
  interface Listener {
    /** The last of its table if it has no end. */
    void compared(KeyRange range, long rows, RangeLook.Found found)
        throws SQLException, DatabaseFailure;
  }

  Comparison(BothSides sides, Fence fence, ComparisonPace pace, Throttle throttle) {
    this.sides = sides;
    this.look = new RangeLook(sides, fence, 2L * pace.rowsPerRange());
    this.pace = pace;
    this.throttle = throttle;
  }

  /**
   * Goes on after a key.
   *
   * @param reached the last one that was compared; empty where none was
   */
  void compare(ComparedTable table, List<String> reached, Listener listener)
      throws SQLException, DatabaseFailure {
    sides.begin(table);
    if (table.order().isPresent()) {
      compareRanges(table, table.order().get(), reached, listener);
    } else {
      Parts parts = parts(table);
      listener.compared(KeyRange.all(table.name()), parts.rows(), parts.found());
      throttle.pause(parts.rows(), parts.nanos());
    }
  }

  private void compareRanges(
      ComparedTable table, KeyOrder order, List<String> reached, Listener listener)
      throws SQLException, DatabaseFailure {
    int size = pace.rowsPerRange(bytesOfRow(table), LONGEST_RANGE_BYTES);
    List<String> above = reached;
    while (true) {
      long begun = System.nanoTime();
      List<String> upTo;
      BothSides.Read<Digest> digests;
      Slice slice;
      try {
        upTo = end(table, order, above, size);
        slice = Slice.range(order, above, upTo);
        digests = sides.digests(table, slice);
      } catch (SQLException e) {
        if (!Failures.state(e).equals(Failures.STATEMENT_CANCELLED) || size <= FEWEST_ROWS) {
          throw e;
        }
        size /= 4; // wider rows than expected: fewer of them then
        continue;
      }
      long nanos = System.nanoTime() - begun;
      RangeLook.Found found =
          digests.alike() ? RangeLook.Found.NOTHING : look.settle(table, slice, digests);
      listener.compared(new KeyRange(table.name(), above, upTo), digests.main().rows(), found);
      throttle.pause(digests.main().rows(), nanos);
      if (upTo.isEmpty()) {
        return;
      }
      above = upTo;
    }
  }

  /** Of a table that nobody counted yet, as after a crash, each page is taken to hold one row. */
  private long bytesOfRow(ComparedTable table) throws SQLException {
    return sides
        .main()
        .one(
            """
            SELECT pg_table_size(oid) / greatest(reltuples::bigint, pg_stat_get_live_tuples(oid),
              pg_relation_size(oid) / current_setting('block_size')::bigint, 1)
            FROM pg_class WHERE oid = to_regclass(?)""",
            row -> row.getLong(1),
            table.name());
  }

  private List<String> end(ComparedTable table, KeyOrder order, List<String> above, int size)
      throws SQLException {
    Slice rest = Slice.range(order, above, List.of());
    List<Object> parameters = new ArrayList<>(rest.parameters());
    parameters.add(size - 1);
    return sides
        .main()
        .first(
            "SELECT %s FROM %s t WHERE %s ORDER BY %s OFFSET ? LIMIT 1"
                .formatted(order.texts(), table.name(), rest.where(), order.ascending()),
            row -> List.of((String[]) row.getArray(1).getArray()),
            parameters.toArray())
        .orElse(List.of());
  }

  /** Looks at one range once more, and notes nothing. */
  RangeLook.Found lookAgain(ComparedTable table, KeyRange range)
      throws SQLException, DatabaseFailure {
    sides.begin(table);
    if (table.order().isEmpty()) {
      return parts(table).found();
    }
    Slice slice = Slice.range(table.order().get(), range.above(), range.upTo());
    BothSides.Read<Digest> digests = sides.digests(table, slice);
    return digests.alike() ? RangeLook.Found.NOTHING : look.settle(table, slice, digests);
  }

  private record Parts(long rows, RangeLook.Found found, long nanos) {}

  /** No order that both sides share: one pass over all, cut by the hashes of the rows. */
  private Parts parts(ComparedTable table) throws SQLException, DatabaseFailure {
    long begun = System.nanoTime();
    BothSides.Read<Map<Integer, Digest>> digests = sides.read(session -> parts(session, table));
    long nanos = System.nanoTime() - begun;
    long rows = digests.main().values().stream().mapToLong(Digest::rows).sum();
    int parts = Integer.highestOneBit(Math.clamp(rows / pace.rowsPerRange(), 1, MOST_PARTS));
    Map<Integer, Digest> onMain = folded(digests.main(), parts);
    Map<Integer, Digest> onBackup = folded(digests.backup(), parts);
    RangeLook.Found all = RangeLook.Found.NOTHING;
    for (int part = 0; part < parts; part++) {
      Digest here = onMain.get(part);
      Digest there = onBackup.get(part);
      if (here == null ? there != null : !here.equals(there)) {
        all = all.and(look.settle(table, Slice.part(table, part, parts)));
      }
    }
    return new Parts(rows, all, nanos);
  }

  /** Row by row over a cursor: no statement takes long, however large the table is. */
  private static Map<Integer, Digest> parts(Session session, ComparedTable table)
      throws SQLException, DatabaseFailure {
    long[] rows = new long[MOST_PARTS];
    BigDecimal[] sums = new BigDecimal[MOST_PARTS];
    session.snapshot(
        () ->
            session.each(
                table.partsQuery(MOST_PARTS),
                row -> {
                  int part = row.getInt(1);
                  BigDecimal hash = BigDecimal.valueOf(row.getLong(2));
                  sums[part] = rows[part]++ == 0 ? hash : sums[part].add(hash);
                }));
    Map<Integer, Digest> found = new TreeMap<>();
    for (int part = 0; part < MOST_PARTS; part++) {
      if (rows[part] > 0) {
        found.put(part, new Digest(rows[part], sums[part]));
      }
    }
    return found;
  }

  private static Map<Integer, Digest> folded(Map<Integer, Digest> digests, int parts) {
    Map<Integer, Digest> folded = new TreeMap<>();
    digests.forEach((part, digest) -> folded.merge(part & (parts - 1), digest, Digest::and));
    return folded;
  }
}
