package org.gemel.database;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Gathers from the messages of a log which rows of which tables changed. */
final class ChangedTables {
  /** A table as the catalogue has it now. */
  private record Known(String name, List<String> primaryKey) {}

  private final Map<Integer, Known> known = new HashMap<>();
  private final Map<Integer, LogMessage.Relation> relations = new HashMap<>();
  private final Map<String, ChangedTable> tables = new TreeMap<>();
  private final long mostKeys;
  private Instant committed = Instant.EPOCH;

  ChangedTables(Session session, long mostKeys) throws SQLException {
    this.mostKeys = mostKeys;
    session.list(
        """
        SELECT c.oid::bigint AS id, format('%I.%I', n.nspname, c.relname) AS name,
          (SELECT array_agg(a.attname::text ORDER BY a.attname) FROM pg_index i
             JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
           WHERE i.indrelid = c.oid AND i.indisprimary AND i.indimmediate) AS key
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind = 'r' AND c.relpersistence = 'p' AND
        """
            + UserTables.OF_USERS,
        row -> {
          java.sql.Array key = row.getArray("key");
          return known.put(
              (int) row.getLong("id"), // as the log writes it
              new Known(
                  row.getString("name"),
                  key == null ? List.of() : List.of((String[]) key.getArray())));
        });
  }

  void read(byte[] message) {
    switch (LogMessages.read(message)) {
      case LogMessage.Begin begin -> committed = begin.committed();
      case LogMessage.Relation relation -> relations.put(relation.id(), relation);
      case LogMessage.Change change -> change(change);
      case LogMessage.Truncate truncate -> {
        for (int relation : truncate.relations()) {
          table(relation, t -> t.whole("it was emptied by TRUNCATE", committed));
        }
      }
      case LogMessage.Other() -> {}
    }
  }

  Map<String, ChangedTable> tables() {
    return tables;
  }

  private void table(int relation, java.util.function.Consumer<ChangedTable> what) {
    Known found = known.get(relation);
    if (found != null) { // otherwise dropped since, or left out
      what.accept(tables.computeIfAbsent(found.name(), _ -> new ChangedTable(mostKeys)));
    }
  }

  private void change(LogMessage.Change change) {
    LogMessage.Relation relation = relations.get(change.relation());
    if (relation == null) {
      throw new IllegalStateException("a change of a table that the log did not describe before");
    }
    List<Integer> places = keyPlaces(relation);
    List<String> columns = places.stream().map(relation.columns()::get).toList();
    table(
        change.relation(),
        table -> {
          if (places.isEmpty()) {
            table.whole("it has no key", committed);
            return;
          }
          for (List<LogMessage.Value> row : rows(change)) {
            List<String> key = new ArrayList<>();
            for (int place : places) {
              String text = row.get(place).text();
              if (text == null) {
                table.whole("a key of it could not be read from the log", committed);
                return;
              }
              key.add(text);
            }
            table.add(columns, key, committed);
          }
        });
  }

  private static List<List<LogMessage.Value>> rows(LogMessage.Change change) {
    List<List<LogMessage.Value>> rows = new ArrayList<>();
    List<LogMessage.Value> before = change.before();
    List<LogMessage.Value> after = change.after();
    if (before != null) {
      rows.add(before);
    }
    if (after != null) {
      rows.add(before == null ? after : completed(after, before));
    }
    return rows;
  }

  /** What was left out of the new row, since it is long and unchanged, is in the old one. */
  private static List<LogMessage.Value> completed(
      List<LogMessage.Value> after, List<LogMessage.Value> before) {
    return IntStream.range(0, after.size())
        .mapToObj(i -> after.get(i).sent() ? after.get(i) : before.get(i))
        .toList();
  }

  /** Where the columns that name a row are, in the order of their names. */
  private List<Integer> keyPlaces(LogMessage.Relation relation) {
    Known found = known.get(relation.id());
    List<String> primary = found == null ? List.of() : found.primaryKey();
    return IntStream.range(0, relation.columns().size())
        .filter(
            i ->
                relation.identity() == 'f'
                    ? primary.contains(relation.columns().get(i))
                    : relation.identifying().get(i))
        .boxed()
        .sorted(java.util.Comparator.comparing(relation.columns()::get))
        .toList();
  }
}
