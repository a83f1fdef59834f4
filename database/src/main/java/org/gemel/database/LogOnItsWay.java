package org.gemel.database;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Which columns the changes have that main has sent and the backup has not confirmed. A worker ends
 * at a change of a table that lacks one of its columns here, whether it follows that table or not;
 * and main, which has taken the column back meanwhile, does not know its name any more. Its log
 * does.
 */
final class LogOnItsWay {
  private final Session main;
  private final String name;

  LogOnItsWay(Session main, String name) {
    this.main = main;
    this.name = name;
  }

  /** By table, as it is called now, the columns by their names, not quoted. */
  Map<String, Set<String>> columns() throws SQLException, DatabaseFailure {
    Map<String, Set<String>> columns = new HashMap<>();
    if (new Slots(main, name).read().filter(slot -> !slot.logStatus().equals("lost")).isEmpty()) {
      return columns;
    }
    // The slot itself is in use; its copy goes with this session at the latest.
    String copy =
        "gemel_look_" + UUID.nameUUIDFromBytes(name.getBytes(UTF_8)).toString().replace("-", "");
    main.list("SELECT pg_copy_logical_replication_slot(?, ?, true)", row -> true, name, copy);
    try {
      Map<Integer, String> tables = new HashMap<>();
      main.list(
          """
          SELECT c.oid::bigint, format('%I.%I', n.nspname, c.relname) FROM pg_class c
            JOIN pg_namespace n ON n.oid = c.relnamespace
          WHERE c.relkind = 'r' AND c.relpersistence = 'p'""",
          row -> tables.put((int) row.getLong(1), row.getString(2)));
      main.list(
          """
          SELECT data FROM pg_logical_slot_peek_binary_changes(?, NULL, NULL,
            'proto_version', '1', 'publication_names', ?)
          WHERE get_byte(data, 0) = ascii('R')""",
          row -> {
            if (LogMessages.read(row.getBytes(1)) instanceof LogMessage.Relation relation
                && tables.containsKey(relation.id())) {
              Set<String> of =
                  columns.computeIfAbsent(tables.get(relation.id()), _ -> new TreeSet<>());
              of.addAll(relation.columns());
            }
            return true;
          },
          copy,
          Sql.identifier(name));
    } finally {
      main.list("SELECT pg_drop_replication_slot(?)", row -> true, copy);
    }
    return columns;
  }
}
