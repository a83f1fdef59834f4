package org.gemel.database;

import java.util.function.Consumer;

/** Counts what several readers compared, and tells of it. */
final class ComparisonCount {
  private final Consumer<ComparisonProgress> listener;
  private final long begunNanos = System.nanoTime();
  private final int tables;
  private final long expectedRows;
  private final long rowsBefore;
  private final boolean resumed;
  private int tablesDone;
  private long rows;
  private long differing;

  ComparisonCount(ComparisonNotes.Standing standing, Consumer<ComparisonProgress> listener) {
    this.listener = listener;
    this.tables = standing.tables();
    this.tablesDone = standing.tablesDone();
    this.expectedRows = standing.expectedRows();
    this.rowsBefore = standing.rows();
    this.rows = standing.rows();
    this.differing = standing.differing();
    this.resumed = standing.resumed();
  }

  synchronized void add(long moreRows, long moreDiffering, boolean tableDone) {
    rows += moreRows;
    differing += moreDiffering;
    tablesDone += tableDone ? 1 : 0;
    tell();
  }

  synchronized void tell() {
    double seconds = (System.nanoTime() - begunNanos) / 1e9;
    listener.accept(
        new ComparisonProgress(
            tables,
            tablesDone,
            rows,
            expectedRows,
            (long) ((rows - rowsBefore) / Math.max(0.001, seconds)),
            differing,
            resumed));
  }
}
