package org.gemel.database;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Makes rows of a backup that follows what they are on main, by their keys, without stopping it.
 *
 * <p>What is on its way to the backup must fit the repaired row: so only what main had at the very
 * place up to which the backup has applied may be written. A row is written if it stood still on
 * both sides (the same version of it) from before a fence until the table was locked here, where
 * the worker then waits; and if every transaction that was open on main at the first look has ended
 * by the second. Then the backup's place lies between both looks, and main had the row like this at
 * each moment in between: a transaction that main does not show yet either ended, or came after the
 * first look and shows here. What moves is looked at again.
 */
final class RangeRepair {
  private static final int MOST_BY_KEY = 50_000;
  private static final int ROUNDS = 8;
  private static final Duration TRANSACTIONS_END = Duration.ofSeconds(60);

  private final Session session;
  private final Session main;
  private final MainConnection address;
  private final String name;
  private final ComparisonNotes notes;
  private final OwnSchema own;
  private final Subscription subscription;

  RangeRepair(Session session, Session main, MainConnection address, DatabaseSettings settings) {
    this.session = session;
    this.main = main;
    this.address = address;
    this.name = Names.of(settings.pair());
    this.notes = new ComparisonNotes(session);
    this.own = new OwnSchema(session);
    this.subscription = new Subscription(session, settings);
  }

  Repaired repair(long epoch) throws SQLException, DatabaseFailure {
    requireReady(epoch);
    Map<String, ComparedTable> tables = new TreeMap<>();
    ComparedTable.read(main).forEach(table -> tables.put(table.name(), table));
    Map<String, SplitTable> written = SplitTable.read(session);
    BothSides sides = new BothSides(main, session);
    List<String> following = following();
    List<String> copied = own.isHealing() ? List.of() : subscription.tables();
    Set<String> anew = new TreeSet<>();
    long rows = 0;
    for (Map.Entry<String, List<KeyRange>> noted : ranges().entrySet()) {
      ComparedTable table = tables.get(noted.getKey());
      SplitTable here = written.get(noted.getKey());
      if (table == null || here == null) {
        continue; // dropped since
      }
      if (!following.contains(table.name())) {
        if (!copied.contains(table.name())) {
          anew.add(table.name()); // taken out by a repair that was cut off
        }
        continue; // else it comes whole just now
      }
      sides.begin(table);
      Set<String> keys = table.order().isEmpty() ? Set.of() : differing(sides, table, noted);
      if (table.order().isEmpty() || keys.size() > MOST_BY_KEY) {
        anew.add(table.name());
      } else {
        rows += repair(table, table.order().get(), here, keys);
      }
    }
    if (!anew.isEmpty()) {
      own.beginHealing(); // before main takes them out: a part must not open as the whole
    }
    return new Repaired(rows, anew);
  }

  private void requireReady(long epoch) throws SQLException, DatabaseFailure {
    own.create();
    own.requireEpoch(epoch);
    subscription.requireGatedBackup();
    if (!subscription.exists() || new CopyNotes(session).underway().isPresent()) {
      throw DatabaseFailure.refused(
          subscription.exists()
              ? "the first copy under way: " + subscription.sync().words()
              : "this database following nothing",
          "a backup that follows main, of which rows are to be repaired",
          "start the replication, or wait for its copy");
    }
    MainReader reader = new MainReader(main, address, name);
    reader.requireReady(session, epoch);
    reader.requireAlike(session);
  }

  private List<String> following() throws SQLException {
    return subscription.sync().tables().stream()
        .filter(table -> table.state() == TableCopy.State.FOLLOWING)
        .map(TableCopy::table)
        .toList();
  }

  private Map<String, List<KeyRange>> ranges() throws SQLException {
    Map<String, List<KeyRange>> ranges = new LinkedHashMap<>();
    for (ComparisonNotes.Noted noted : notes.differing()) {
      KeyRange range = noted.range().range();
      ranges.merge(
          range.table(),
          List.of(range),
          (a, b) -> java.util.stream.Stream.concat(a.stream(), b.stream()).toList());
    }
    return ranges;
  }

  /** Keys whose rows are not alike now, or only seem so because they are late. */
  private static Set<String> differing(
      BothSides sides, ComparedTable table, Map.Entry<String, List<KeyRange>> noted)
      throws SQLException, DatabaseFailure {
    Set<String> keys = new TreeSet<>();
    for (KeyRange range : noted.getValue()) {
      Slice slice = Slice.range(table.order().orElseThrow(), range.above(), range.upTo());
      keys.addAll(sides.differences(table, slice).keySet());
      if (keys.size() > MOST_BY_KEY) {
        break;
      }
    }
    return keys;
  }

  private long repair(ComparedTable table, KeyOrder order, SplitTable here, Set<String> keys)
      throws SQLException, DatabaseFailure {
    Set<String> open = keys;
    long rows = 0;
    for (int round = 0; round < ROUNDS && !open.isEmpty(); round++) {
      Versions before = Versions.read(main, session, table, open);
      awaitBoth();
      Repair repair = new Repair(session, main);
      Set<String> moving = new TreeSet<>();
      Collection<String> wanted = open;
      session.transaction(
          () -> {
            session.command("SET LOCAL session_replication_role = replica");
            session.command("LOCK TABLE ONLY " + table.name() + " IN SHARE ROW EXCLUSIVE MODE");
            main.snapshot(
                () -> {
                  Versions now = Versions.read(main, session, table, wanted);
                  repair.repair(here, order.names(), before.stillOf(now, wanted));
                  moving.addAll(before.movedSince(now, wanted));
                });
          });
      rows += repair.rows();
      open = moving;
    }
    if (!open.isEmpty()) {
      throw DatabaseFailure.unfinished(
          "%d rows of %s written again and again while they were to be repaired"
              .formatted(open.size(), table.name()),
          "them still for a moment",
          "repeat: what is repaired stays so");
    }
    return rows;
  }

  /** Until the backup has all of main's first look, and what was open then has ended. */
  private void awaitBoth() throws SQLException, DatabaseFailure {
    // One of our own, later than each that is open; a snapshot's end can be before those.
    String next = main.one("SELECT pg_current_xact_id()::text", row -> row.getString(1));
    new Fence(main, name).pass();
    Patience patience = new Patience(TRANSACTIONS_END);
    while (!main.holds("SELECT pg_snapshot_xmin(pg_current_snapshot()) >= ?::text::xid8", next)) {
      if (patience.isOver()) {
        throw DatabaseFailure.unfinished(
            "transactions that write on main, open for more than a minute",
            "those that were open when the rows were read to end, for what they did may be on the"
                + " backup before it shows on main",
            "see who holds them (pg_stat_activity), then repeat");
      }
      patience.pause();
    }
  }

  /** Which version of each row is where. */
  private record Versions(Map<String, String> main, Map<String, String> backup) {
    static Versions read(Session main, Session backup, ComparedTable table, Collection<String> keys)
        throws SQLException {
      return new Versions(of(main, table, keys), of(backup, table, keys));
    }

    private static Map<String, String> of(
        Session session, ComparedTable table, Collection<String> keys) throws SQLException {
      Map<String, String> versions = new HashMap<>();
      BothSides.eachByKey(
          session,
          table.versionsQuery(),
          keys,
          row -> versions.merge(row.getString(1), row.getString(2), (a, b) -> a + " " + b));
      return versions;
    }

    private boolean stoodStill(Versions now, String key) {
      return java.util.Objects.equals(main.get(key), now.main.get(key))
          && java.util.Objects.equals(backup.get(key), now.backup.get(key));
    }

    List<SplitKeys.Times> stillOf(Versions now, Collection<String> keys) {
      return keys.stream()
          .filter(key -> stoodStill(now, key))
          .map(key -> new SplitKeys.Times(Keys.text(RowText.fields(key)), null, null))
          .toList();
    }

    List<String> movedSince(Versions now, Collection<String> keys) {
      return keys.stream().filter(key -> !stoodStill(now, key)).toList();
    }
  }
}
