package org.gemel.database;

import java.sql.SQLException;
import java.util.List;

/**
 * The views that stand on tables, also by way of other views, partitions or heirs, and so hold the
 * columns that they show.
 */
final class StandingViews {
  /** One of them, its name quoted. */
  record View(String name, boolean materialized, boolean hasTriggers) {
    String drop() {
      return (materialized ? "DROP MATERIALIZED VIEW " : "DROP VIEW ") + name;
    }
  }

  private StandingViews() {}

  static List<View> on(Session session, List<String> tables) throws SQLException {
    return session.list(
        """
        WITH RECURSIVE below(oid) AS (
          SELECT to_regclass(t)::oid FROM unnest(?::text[]) t
          UNION SELECT i.inhrelid FROM below b JOIN pg_inherits i ON i.inhparent = b.oid),
        standing(oid) AS (
          SELECT oid FROM below
          UNION SELECT r.ev_class FROM standing s
            JOIN pg_depend d ON d.refclassid = 'pg_class'::regclass AND d.refobjid = s.oid
              AND d.classid = 'pg_rewrite'::regclass
            JOIN pg_rewrite r ON r.oid = d.objid)
        SELECT format('%I.%I', n.nspname, c.relname), c.relkind = 'm',
          EXISTS (SELECT 1 FROM pg_trigger g WHERE g.tgrelid = c.oid AND NOT g.tgisinternal)
        FROM standing s JOIN pg_class c ON c.oid = s.oid AND c.relkind IN ('v', 'm')
          JOIN pg_namespace n ON n.oid = c.relnamespace ORDER BY 1""",
        row -> new View(row.getString(1), row.getBoolean(2), row.getBoolean(3)), tables);
  }
}
