package org.gemel.database;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code pgoutput} says, protocol 1, as far as changed keys are concerned. */
sealed interface LogMessage {
  /** A transaction, committed then; its changes follow. */
  record Begin(Instant committed) implements LogMessage {}

  /**
   * A table as it was when the changes that follow were made.
   *
   * @param identity how its rows are named: {@code d}, {@code i}, {@code f} or {@code n}
   * @param identifying for each column whether it is part of that
   */
  record Relation(int id, char identity, List<String> columns, List<Boolean> identifying)
      implements LogMessage {}

  /**
   * A row was written or deleted.
   *
   * @param before what names the row as it was; null for a new row, and for one that kept its name
   * @param after null for a deleted row
   */
  record Change(int relation, @Nullable List<Value> before, @Nullable List<Value> after)
      implements LogMessage {}

  /** These tables were emptied. */
  record Truncate(List<Integer> relations) implements LogMessage {}

  /** Anything else. */
  record Other() implements LogMessage {}

  /**
   * A column's value.
   *
   * @param sent false: it is unchanged, long, and was left out
   * @param text null for SQL's NULL
   */
  record Value(boolean sent, @Nullable String text) {}
}
