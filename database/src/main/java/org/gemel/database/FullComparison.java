package org.gemel.database;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Every row of every table of both sides, a few tables at once. What is done is noted on the
 * backup: cut off anywhere, the next one goes on from there.
 */
final class FullComparison {
  private static final long ONE_AT_A_TIME = 0x67656D656C_76L; // "gemelv"
  private static final Duration OTHER_ENDS = Duration.ofSeconds(10);

  /** Opens a session. */
  interface Opening {
    Session open() throws SQLException;
  }

  private final Opening main;
  private final Opening backup;
  private final String name;
  private final ComparisonPace pace;
  private final Throttle throttle;

  FullComparison(Opening main, Opening backup, String name, ComparisonPace pace) {
    this.main = main;
    this.backup = backup;
    this.name = name;
    this.pace = pace;
    this.throttle = new Throttle(pace);
  }

  /** For the server of the backup. */
  static List<TableComparison> perform(
      DatabaseServer server,
      DatabaseSettings settings,
      MainConnection main,
      ComparisonPace pace,
      boolean anew,
      Consumer<ComparisonProgress> progress)
      throws DatabaseFailure {
    if (!server.read(session -> new OwnSchema(session).isWhole())) {
      server.change(
          session -> {
            new OwnSchema(session).create();
            return true;
          });
    }
    try {
      return new FullComparison(
              () -> Session.replication(main.address(), main.replication(), settings.leftOut()),
              () -> Session.administrator(settings),
              Names.of(settings.pair()),
              pace)
          .compare(main.address().toString(), anew, progress);
    } catch (SQLException e) {
      throw Failures.of(
          e,
          settings.address() + " or main " + main.address(),
          settings.administrator(),
          main.replication());
    }
  }

  /**
   * Compares all, or what one that was cut off has left.
   *
   * @param mainName what main is called; another one's comparison is not gone on with
   * @param anew from the beginning all the same
   */
  List<TableComparison> compare(
      String mainName, boolean anew, Consumer<ComparisonProgress> progress)
      throws SQLException, DatabaseFailure {
    try (Session lead = backup.open()) {
      lead(lead);
      Map<String, ComparedTable> tables = new LinkedHashMap<>();
      ComparisonNotes notes = new ComparisonNotes(lead);
      ComparisonCount count;
      String form;
      try (Session onMain = main.open()) {
        TableShapes shapes = TableShapes.read(onMain);
        List<String> differences = shapes.differences(TableShapes.read(lead));
        if (!differences.isEmpty()) {
          throw DatabaseFailure.refused(
              "tables that differ: " + String.join("; ", differences),
              "the same tables on both sides",
              "bring the backup's tables to main's form");
        }
        tables.putAll(
            ComparedTable.read(onMain).stream()
                .collect(Collectors.toMap(ComparedTable::name, Function.identity())));
        String following = following(lead);
        form = ComparisonNotes.form(mainName, shapes) + following;
        count =
            new ComparisonCount(
                notes.begin(
                    form,
                    expectedRows(onMain, tables.keySet()),
                    anew || following.isEmpty(),
                    new Conflicts(lead, name).count()),
                progress);
      }
      count.tell();
      work(tables, notes.open(), form, count);
      return notes.end(form);
    }
  }

  /**
   * The same as long as this side follows by the same subscription, and nobody altered it; empty
   * where it follows nothing, so that nothing tells what became of the rows seen before.
   */
  private String following(Session lead) throws SQLException {
    String noted = new OwnSchema(lead).followingVersion();
    String found =
        lead.first(
                "SELECT oid || ' ' || xmin FROM pg_subscription WHERE subname = ?",
                row -> row.getString(1),
                name)
            .orElse("");
    return noted.isEmpty() || found.isEmpty() ? "" : noted + " " + found;
  }

  private static Map<String, Long> expectedRows(Session onMain, Iterable<String> tables)
      throws SQLException {
    Map<String, Long> rows = new LinkedHashMap<>();
    for (String table : tables) {
      rows.put(
          table,
          onMain.one(
              "SELECT greatest(reltuples::bigint, pg_stat_get_live_tuples(oid), 0) FROM pg_class"
                  + " WHERE oid = to_regclass(?)",
              row -> row.getLong(1),
              table));
    }
    return rows;
  }

  /** Of a caller that was killed the session ends within a second. */
  static void lead(Session session) throws SQLException, DatabaseFailure {
    Patience patience = new Patience(OTHER_ENDS);
    while (!session.holds("SELECT pg_try_advisory_lock(?)", ONE_AT_A_TIME)) {
      if (patience.isOver()) {
        throw DatabaseFailure.refused(
            "a comparison or a repair under way already",
            "one at a time",
            "wait for it; `gemel run list` shows it");
      }
      patience.pause();
    }
  }

  /** The ranges noted as different, looked at once more; returns those that differ still. */
  static List<DifferingRange> again(
      Session backup, Session main, MainConnection address, String name)
      throws SQLException, DatabaseFailure {
    ComparisonNotes notes = new ComparisonNotes(backup);
    notes.requireOf(address.address().toString(), TableShapes.read(main));
    Map<String, ComparedTable> tables =
        ComparedTable.read(main).stream()
            .collect(Collectors.toMap(ComparedTable::name, Function.identity()));
    ComparisonPace pace = ComparisonPace.standard();
    Comparison comparison =
        new Comparison(
            new BothSides(main, backup), new Fence(main, name), pace, new Throttle(pace));
    List<DifferingRange> left = new ArrayList<>();
    for (ComparisonNotes.Noted noted : notes.differing()) {
      KeyRange range = noted.range().range();
      ComparedTable table = tables.get(range.table());
      long rows = 0;
      if (table != null) {
        RangeLook.Found found = comparison.lookAgain(table, range);
        rows = found.rows() + found.changing();
      }
      notes.seenAgain(noted.number(), rows);
      if (rows > 0) {
        left.add(new DifferingRange(range, rows));
      }
    }
    return left;
  }

  private void work(
      Map<String, ComparedTable> tables,
      Map<String, List<String>> open,
      String form,
      ComparisonCount count)
      throws SQLException, DatabaseFailure {
    Queue<String> waiting = new ConcurrentLinkedQueue<>(open.keySet());
    List<Future<Boolean>> workers = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < Math.min(pace.tablesAtOnce(), open.size()); i++) {
        workers.add(threads.submit(() -> work(tables, open, waiting, form, count)));
      }
      for (Future<Boolean> worker : workers) {
        await(worker, threads);
      }
    }
  }

  private boolean work(
      Map<String, ComparedTable> tables,
      Map<String, List<String>> open,
      Queue<String> waiting,
      String form,
      ComparisonCount count)
      throws SQLException, DatabaseFailure {
    try (Session onMain = main.open();
        Session onBackup = backup.open()) {
      Comparison comparison =
          new Comparison(new BothSides(onMain, onBackup), new Fence(onMain, name), pace, throttle);
      Comparison.Listener notes = new ComparisonNotes(onBackup).counted(form, count);
      for (String next = waiting.poll(); next != null; next = waiting.poll()) {
        ComparedTable table = tables.get(next);
        if (table != null) {
          comparison.compare(table, open.getOrDefault(next, List.of()), notes);
        }
      }
      return true;
    } catch (SQLException | DatabaseFailure e) {
      waiting.clear(); // the others need not go on
      throw e;
    }
  }

  private static void await(Future<Boolean> worker, ExecutorService threads)
      throws SQLException, DatabaseFailure {
    try {
      worker.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SQLException failed) {
        throw failed;
      }
      if (e.getCause() instanceof DatabaseFailure failed) {
        throw failed;
      }
      throw new IllegalStateException("a comparison failed", e);
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
      throw DatabaseFailure.unfinished(
          "this comparison interrupted", "it to end by itself", "repeat it: it goes on from here");
    }
  }
}
