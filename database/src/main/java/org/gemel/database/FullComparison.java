package org.gemel.database;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Every row of every table of both sides, a few tables at once. */
final class FullComparison {
  /** Opens a session. */
  interface Opening {
    Session open() throws SQLException;
  }

  private final Opening main;
  private final Opening backup;
  private final String name;
  private final ComparisonPace pace;
  private final Consumer<TableComparison> progress;

  FullComparison(
      Opening main,
      Opening backup,
      String name,
      ComparisonPace pace,
      Consumer<TableComparison> progress) {
    this.main = main;
    this.backup = backup;
    this.name = name;
    this.pace = pace;
    this.progress = progress;
  }

  List<TableComparison> compare() throws SQLException, DatabaseFailure {
    Queue<ComparedTable> waiting;
    try (Session onMain = main.open();
        Session onBackup = backup.open()) {
      List<String> differences = TableShapes.read(onMain).differences(TableShapes.read(onBackup));
      if (!differences.isEmpty()) {
        throw DatabaseFailure.refused(
            "tables that differ: " + String.join("; ", differences),
            "the same tables on both sides",
            "bring the backup's tables to main's form");
      }
      waiting = new ConcurrentLinkedQueue<>(ComparedTable.read(onMain));
    }
    List<Future<List<TableComparison>>> workers = new ArrayList<>();
    List<TableComparison> compared = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < pace.tablesAtOnce(); i++) {
        workers.add(threads.submit(() -> work(waiting)));
      }
      for (Future<List<TableComparison>> worker : workers) {
        compared.addAll(await(worker, threads));
      }
    }
    compared.sort((a, b) -> a.table().compareTo(b.table()));
    return List.copyOf(compared);
  }

  private List<TableComparison> work(Queue<ComparedTable> waiting)
      throws SQLException, DatabaseFailure {
    List<TableComparison> compared = new ArrayList<>();
    try (Session onMain = main.open();
        Session onBackup = backup.open()) {
      BothSides sides = new BothSides(onMain, onBackup);
      Fence fence = new Fence(onMain, name);
      for (ComparedTable table = waiting.poll(); table != null; table = waiting.poll()) {
        TableComparison result = new Comparison(sides, fence, pace, table).compare();
        progress.accept(result);
        compared.add(result);
      }
    } catch (SQLException | DatabaseFailure e) {
      waiting.clear(); // the others need not go on
      throw e;
    }
    return compared;
  }

  private static List<TableComparison> await(
      Future<List<TableComparison>> worker, ExecutorService threads)
      throws SQLException, DatabaseFailure {
    try {
      return worker.get();
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
          "this comparison interrupted", "it to end by itself", "repeat it");
    }
  }
}
