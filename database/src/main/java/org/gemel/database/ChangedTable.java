package org.gemel.database;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What changed in one table: the keys, or that nothing less than the whole table will do.
 *
 * <p>Keys are texts of arrays, as SQL writes them, of the values of the key's columns. There are
 * never more of them than may be: beyond that the table counts as whole, so that a note is bounded
 * whatever a transaction did.
 */
final class ChangedTable {
  private final long most;
  private List<String> columns = List.of();
  private final Map<String, Instant> keys = new TreeMap<>();
  private String whole = "";
  private @Nullable Instant newest;

  ChangedTable(long most) {
    this.most = most;
  }

  void add(List<String> keyColumns, List<String> values, Instant committed) {
    touch(committed);
    if (!columns.isEmpty() && !columns.equals(keyColumns)) {
      whole("its key was altered", committed);
    }
    if (!whole.isEmpty()) {
      return;
    }
    columns = List.copyOf(keyColumns);
    keys.put(Keys.text(values), committed);
    if (keys.size() > most) {
      whole("more than " + most + " of its rows changed", committed);
    }
  }

  void whole(String reason, Instant committed) {
    touch(committed);
    if (whole.isEmpty()) {
      whole = reason;
      keys.clear();
    }
  }

  private void touch(Instant committed) {
    if (newest == null || committed.isAfter(newest)) {
      newest = committed;
    }
  }

  /** Names, not quoted, in their order. */
  List<String> columns() {
    return columns;
  }

  Map<String, Instant> keys() {
    return keys;
  }

  /** Why nothing less than the whole table will do; empty where the keys say it all. */
  String whole() {
    return whole;
  }

  Instant newest() {
    return newest == null ? Instant.EPOCH : newest;
  }
}
