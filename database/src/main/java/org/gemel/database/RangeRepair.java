package org.gemel.database;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Makes rows of a backup that follows what they are on main, by their keys, without stopping it.
 *
 * <p>What is on its way to the backup must fit the repaired row: so only what main had at the very
 * place up to which the backup has applied may be written. A row is written if it stood still on
 * both sides (the same version of it) from before a fence until the table was locked here, where
 * the worker then waits; and if every transaction that was open on main at the first look, or began
 * before the lock, has ended by the second. Then the backup's place lies between both looks, and
 * main had the row like this at each moment in between. A transaction that the backup may have, but
 * main does not show yet, as while it waits for a standby, may have left no trace here: a change of
 * a row that is missing is passed over. What moves is looked at again.
 */
final class RangeRepair {
  private static final int MOST_BY_KEY = 50_000;
  private static final int ROUNDS = 8;
  private static final Duration TRANSACTIONS_END = Duration.ofSeconds(60);
  // While the table is locked here, which a main that waits for this backup's word may wait for.
  private static final Duration LAST_ONES_END = Duration.ofSeconds(2);

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
    List<String> copied = subscription.tables();
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
          anew.add(table.name());
        }
        continue; // else it comes whole just now
      }
      sides.begin(table);
      Optional<Set<String>> keys =
          table.order().isEmpty() ? Optional.empty() : differing(sides, table, noted);
      if (keys.isEmpty()) {
        anew.add(table.name());
      } else {
        rows += repair(table, table.order().orElseThrow(), here, keys.get());
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
    if (own.isHealing()) {
      throw DatabaseFailure.refused(
          "tables that were taken out of the replication to be copied again, and are not back",
          "all in it, since what main did meanwhile to those was not sent",
          "heal first: gemel database heal");
    }
    if (!subscription.exists() || new CopyNotes(session).underway().isPresent()) {
      throw DatabaseFailure.refused(
          subscription.exists()
              ? "the first copy under way: " + subscription.sync().words()
              : "this database following nothing",
          "a backup that follows main, of which rows are to be repaired",
          "start the replication, or wait for its copy");
    }
    if (!subscription.main().address().equals(address.address())) {
      throw DatabaseFailure.refused(
          "this database following " + subscription.main().address(),
          "it to follow the main whose rows are to be taken, " + address.address(),
          "correct main's address in the settings, or start the replication again");
    }
    requireSlot();
    MainReader reader = new MainReader(main, address, name);
    reader.requireReady(session, epoch);
    reader.requireAlike(session);
    notes.requireOf(address.address().toString(), TableShapes.read(main));
  }

  /** Without it nothing says what the backup has. */
  private void requireSlot() throws SQLException, DatabaseFailure {
    if (new Slots(main, name).read().isEmpty()) {
      throw DatabaseFailure.refused(
          "main without the slot " + name + ", from which this database follows",
          "it there, since it says what this database has of main",
          "start the replication again");
    }
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

  /**
   * Keys whose rows are not alike now, or only seem so because they are late; empty where they are
   * too many.
   */
  private static Optional<Set<String>> differing(
      BothSides sides, ComparedTable table, Map.Entry<String, List<KeyRange>> noted)
      throws SQLException, DatabaseFailure {
    Set<String> keys = new TreeSet<>();
    for (KeyRange range : noted.getValue()) {
      Slice slice = Slice.range(table.order().orElseThrow(), range.above(), range.upTo());
      BothSides.Read<Digest> digests = sides.digests(table, slice);
      if (digests.alike()) {
        continue;
      }
      if (digests.backup().rows() - digests.main().rows() > MOST_BY_KEY) {
        return Optional.empty(); // too many even to be read
      }
      keys.addAll(sides.differences(table, slice).keySet());
      if (keys.size() > MOST_BY_KEY) {
        return Optional.empty();
      }
    }
    return Optional.of(keys);
  }

  private long repair(ComparedTable table, KeyOrder order, SplitTable here, Set<String> keys)
      throws SQLException, DatabaseFailure {
    Set<String> open = keys;
    long rows = 0;
    String clash = "";
    for (int round = 0; round < ROUNDS && !open.isEmpty(); round++) {
      Versions before = Versions.read(main, session, table, open);
      awaitBoth();
      Repair repair = new Repair(session, main);
      Set<String> moving = new TreeSet<>();
      Collection<String> wanted = open;
      try {
        session.transaction(
            () -> {
              session.command("SET LOCAL session_replication_role = replica");
              session.command("LOCK TABLE ONLY " + table.name() + " IN SHARE ROW EXCLUSIVE MODE");
              if (!haveEnded(nextTransaction(), new Patience(LAST_ONES_END))) {
                moving.addAll(wanted);
                return;
              }
              main.snapshot(
                  () -> {
                    Versions now = Versions.read(main, session, table, wanted);
                    repair.repair(here, order.names(), before.stillOf(now, wanted));
                    moving.addAll(before.movedSince(now, wanted));
                  });
            });
        rows += repair.rows();
      } catch (SQLException e) {
        if (!Failures.isClash(e)) {
          throw e;
        }
        clash = ", or in the way of others (" + Failures.words(e) + ")";
        moving.addAll(wanted);
      }
      open = moving;
    }
    if (!open.isEmpty()) {
      throw DatabaseFailure.unfinished(
          "%d rows of %s written again and again while they were to be repaired%s"
              .formatted(open.size(), table.name(), clash),
          "them still for a moment, and no transaction on main open for seconds",
          clash.isEmpty()
              ? "repeat: what is repaired stays so"
              : "compare again, for rows may differ that it did not see, then repeat: what is"
                  + " repaired stays so");
    }
    return rows;
  }

  /** Until the backup has all of main's first look, and what was open then has ended. */
  private void awaitBoth() throws SQLException, DatabaseFailure {
    String next = nextTransaction();
    new Fence(main, name).pass();
    requireSlot();
    if (!haveEnded(next, new Patience(TRANSACTIONS_END))) {
      throw DatabaseFailure.unfinished(
          "transactions that write on main, open for more than a minute",
          "those that were open when the rows were read to end, for what they did may be on the"
              + " backup before it shows on main",
          "see who holds them (pg_stat_activity), then repeat");
    }
  }

  /** One of our own, later than each that is open; a snapshot's end can be before those. */
  private String nextTransaction() throws SQLException {
    return main.one("SELECT pg_current_xact_id()::text", row -> row.getString(1));
  }

  /** Whether in time all of main's have ended that were before this one. */
  private boolean haveEnded(String next, Patience patience) throws SQLException, DatabaseFailure {
    while (!main.holds("SELECT pg_snapshot_xmin(pg_current_snapshot()) >= ?::text::xid8", next)) {
      if (patience.isOver()) {
        return false;
      }
      patience.pause();
    }
    return true;
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
          (key, row) -> versions.merge(key, row.getString(2), (a, b) -> a + " " + b));
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
