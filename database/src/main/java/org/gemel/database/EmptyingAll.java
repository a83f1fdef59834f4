package org.gemel.database;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Empties tables that refer to one another in one statement, and nothing but what replication
 * fills: TRUNCATE of a partitioned table, or of one that others inherit from, empties whatever is
 * below it, also what was left out by name, what is not logged, and foreign tables on their own
 * server. Where there is such a thing below, the others there are emptied by their own names.
 *
 * <p>The server refuses where something refers to these tables that is not among them, a partition
 * that is left out too: its rows would refer to nothing.
 */
final class EmptyingAll {
  private record Below(String root, String name, String kind) {}

  private final Session session;

  EmptyingAll(Session session) {
    this.session = session;
  }

  /** Part of the caller's transaction, in which no trigger fires (replica role). */
  void empty(List<String> tables) throws SQLException {
    Map<String, List<Below>> families = new LinkedHashMap<>();
    for (Below each : below(tables)) {
      families.computeIfAbsent(each.root(), _ -> new ArrayList<>()).add(each);
    }
    Set<String> ours = new LinkedHashSet<>(new UserTables(session).replicable());
    Set<String> named = new LinkedHashSet<>();
    families.forEach(
        (root, family) -> {
          ours.add(root);
          List<String> rows =
              family.stream().filter(b -> !b.kind().equals("p")).map(Below::name).toList();
          if (ours.containsAll(rows)) {
            named.add(root);
          } else {
            rows.stream().filter(ours::contains).forEach(each -> named.add("ONLY " + each));
          }
        });
    if (!named.isEmpty()) {
      session.command("TRUNCATE " + String.join(", ", named));
    }
  }

  private List<Below> below(List<String> tables) throws SQLException {
    return session.list(
        """
        WITH RECURSIVE below(root, oid) AS (
          SELECT t, to_regclass(t)::oid FROM unnest(?::text[]) t WHERE to_regclass(t) IS NOT NULL
          UNION SELECT b.root, i.inhrelid FROM below b JOIN pg_inherits i ON i.inhparent = b.oid)
        SELECT b.root, format('%I.%I', n.nspname, c.relname), c.relkind::text
        FROM below b JOIN pg_class c ON c.oid = b.oid JOIN pg_namespace n ON n.oid = c.relnamespace
        ORDER BY 1, 2""",
        row -> new Below(row.getString(1), row.getString(2), row.getString(3)), tables);
  }
}
