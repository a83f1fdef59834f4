package org.gemel.database;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The previews that were shown of what this side would lose, so that a refusal can say what changed
 * since the one that was approved. The last few only.
 */
final class Approvals {
  private static final int KEPT = 20;

  private final Session session;

  Approvals(Session session) {
    this.session = session;
  }

  /**
   * @param tables the hash of this side's rows in each
   */
  void remember(String hash, Map<String, String> tables) throws SQLException {
    List<String> lines = new ArrayList<>();
    tables.forEach((table, of) -> lines.add(of + "\t" + table));
    session.change(
        "INSERT INTO gemel.preview (hash, tables) VALUES (?, ?) ON CONFLICT DO NOTHING",
        hash,
        String.join("\n\n", lines));
    session.change(
        "DELETE FROM gemel.preview WHERE hash NOT IN"
            + " (SELECT hash FROM gemel.preview ORDER BY at DESC LIMIT ?)",
        KEPT);
  }

  /** Tables in which this side's rows are no longer as they were shown; in words. */
  String changedSince(String hash, Map<String, String> now) throws SQLException {
    Map<String, String> then = new TreeMap<>();
    List<String> found = session.texts("SELECT tables FROM gemel.preview WHERE hash = ?", hash);
    if (found.isEmpty()) {
      return "a preview that was not made here, or long ago";
    }
    for (String line : found.getFirst().split("\n\n", -1)) {
      int tab = line.indexOf('\t');
      if (tab > 0) {
        then.put(line.substring(tab + 1), line.substring(0, tab));
      }
    }
    TreeSet<String> changed = new TreeSet<>(then.keySet());
    changed.addAll(now.keySet());
    changed.removeIf(table -> now.containsKey(table) && now.get(table).equals(then.get(table)));
    return changed.isEmpty()
        ? "another generation of either side, or a log that broke, since that preview"
        : "rows of this side changed since that preview in " + changed;
  }
}
