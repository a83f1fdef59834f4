package org.gemel.database;

import java.sql.SQLException;
import java.util.List;

/**
 * The indexes of large tables, while rows come: not kept up, and built once at the end, which takes
 * half the time.
 *
 * <p>No index is dropped: in the catalogue it is only marked as not ready, which is how PostgreSQL
 * itself leaves one whose building was cut off. So its definition, name, comment, place, settings
 * and whatever depends on it stay, everybody can see that it is not valid, and REINDEX, or emptying
 * the table, makes it valid again. It is listed in the same transaction, and following is not
 * allowed while a listed one is not valid. The tables are empty then, and only we use them.
 */
final class IndexesAside {
  private final Session session;

  IndexesAside(Session session) {
    this.session = session;
  }

  /**
   * Part of the transaction that notes which tables are copied.
   *
   * @param largeTableBytes below that it is not worth it
   */
  void putAside(long largeTableBytes) throws SQLException {
    session.change(
        """
        WITH aside AS (
          UPDATE pg_index i SET indisvalid = false, indisready = false
          FROM gemel.copied t WHERE i.indrelid = t.relation AND t.total_bytes >= ?
            AND i.indisvalid AND i.indisready AND i.indislive RETURNING i.indexrelid)
        INSERT INTO gemel.index_aside SELECT indexrelid FROM aside ON CONFLICT DO NOTHING""",
        largeTableBytes);
  }

  /** Those still to be built, by quoted name; those of the largest tables first. */
  List<String> left() throws SQLException {
    return session.texts(
        """
        SELECT format('%I.%I', n.nspname, c.relname)
        FROM gemel.index_aside a JOIN pg_index i ON i.indexrelid = a.relation
          JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE NOT (i.indisvalid AND i.indisready)
        ORDER BY pg_relation_size(i.indrelid) DESC, i.indnatts DESC, 1""");
  }

  /** Builds one; does nothing else than what its own definition says. */
  void build(String index) throws SQLException {
    session.command("REINDEX INDEX " + index);
  }

  /** All of them, here and now. */
  void putBack() throws SQLException {
    for (String index : left()) {
      build(index);
    }
  }
}
