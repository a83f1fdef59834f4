package org.gemel.database;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.gemel.database.preflight.ObjectFacts;

/**
 * Reads what hangs on tables and on what clients use, and is missed when a backup becomes main:
 * rights, owners, row security, rules, statistics, comments. Each query gives kind, name, form and
 * statement.
 */
final class AttachedFactsReader {
  private static final String TABLE =
      """
       c.relpersistence <> 't' AND
      """
          + UserTables.OF_USERS;

  /** The roles are parameters: what clients may do with what is no table of rows. */
  private static final String RIGHTS =
      """
      SELECT 'right', granted || ' TO ' || format('%I', rolname), '',
        'GRANT ' || granted || ' TO ' || format('%I', rolname) FROM (
        SELECT r.rolname, format('USAGE ON SCHEMA %I', n.nspname) AS granted
        FROM pg_namespace n JOIN pg_roles r ON r.rolname = ANY (?) AND NOT r.rolsuper
        WHERE has_schema_privilege(r.oid, n.oid, 'USAGE')
      """
          + ObjectFactsReader.ofUsers()
          + ObjectFactsReader.notOfExtension("pg_namespace", "n.oid")
          + """
        UNION ALL
        SELECT r.rolname, format('%s ON %s%I.%I', p.name,
          CASE c.relkind WHEN 'S' THEN 'SEQUENCE ' ELSE '' END, n.nspname, c.relname)
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
          JOIN pg_roles r ON r.rolname = ANY (?) AND NOT r.rolsuper
          JOIN (VALUES ('S', 'USAGE'), ('S', 'SELECT'), ('S', 'UPDATE'), ('v', 'SELECT'),
            ('v', 'INSERT'), ('v', 'UPDATE'), ('v', 'DELETE'),
            ('m', 'SELECT')) p(kind, name) ON p.kind = c.relkind
        WHERE c.relpersistence = 'p' AND CASE c.relkind
          WHEN 'S' THEN has_sequence_privilege(r.oid, c.oid, p.name)
          ELSE has_table_privilege(r.oid, c.oid, p.name) END AND
      """
          + UserTables.OF_USERS
          + """
        UNION ALL
        SELECT r.rolname, format('EXECUTE ON ROUTINE %I.%I(%s)', n.nspname, p.proname,
          pg_get_function_identity_arguments(p.oid))
        FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
          JOIN pg_roles r ON r.rolname = ANY (?) AND NOT r.rolsuper
        WHERE p.prokind IN ('f', 'p', 'w') AND p.proacl IS NOT NULL
          AND has_function_privilege(r.oid, p.oid, 'EXECUTE')
          AND NOT EXISTS (SELECT 1 FROM aclexplode(p.proacl) x WHERE x.grantee = 0)
      """
          + ObjectFactsReader.ofUsers()
          + ObjectFactsReader.notOfExtension("pg_proc", "p.oid")
          + ") x";

  /** Clients' own tables; who owns the others is the administrators' affair on each side. */
  private static final String OWNERS =
      """
      SELECT 'owner', format('%I.%I', n.nspname, c.relname), format('%I', r.rolname),
        format('ALTER %s %I.%I OWNER TO %I', CASE c.relkind WHEN 'v' THEN 'VIEW'
          WHEN 'm' THEN 'MATERIALIZED VIEW' ELSE 'TABLE' END, n.nspname, c.relname, r.rolname)
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        JOIN pg_roles r ON r.oid = c.relowner AND r.rolname = ANY (?)
      WHERE c.relkind IN ('r', 'p', 'v', 'm') AND
      """
          + TABLE;

  private static final List<String> QUERIES =
      List.of(
          """
          SELECT 'index', format('%I.%I', n.nspname, x.relname), pg_get_indexdef(x.oid),
            pg_get_indexdef(x.oid)
          FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_index i ON i.indrelid = c.oid JOIN pg_class x ON x.oid = i.indexrelid
          WHERE c.relkind = 'm' AND
          """
              + TABLE,
          """
          SELECT 'row security', format('%I.%I', n.nspname, c.relname), '',
            format('ALTER TABLE %I.%I ENABLE ROW LEVEL SECURITY', n.nspname, c.relname)
          FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relrowsecurity AND
          """
              + TABLE,
          """
          SELECT 'forced row security', format('%I.%I', n.nspname, c.relname), '', ''
          FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
          WHERE c.relforcerowsecurity AND
          """
              + TABLE,
          """
          SELECT 'policy', name || ' ON ' || tab, form,
            'CREATE POLICY ' || name || ' ON ' || tab || form FROM (
            SELECT format('%I', p.polname) AS name, format('%I.%I', n.nspname, c.relname) AS tab,
              CASE WHEN p.polpermissive THEN '' ELSE ' AS RESTRICTIVE' END
              || CASE p.polcmd WHEN 'r' THEN ' FOR SELECT' WHEN 'a' THEN ' FOR INSERT'
                WHEN 'w' THEN ' FOR UPDATE' WHEN 'd' THEN ' FOR DELETE' ELSE '' END
              || coalesce(' TO ' || (SELECT string_agg(format('%I', r.rolname), ', '
                ORDER BY r.rolname) FROM pg_roles r WHERE r.oid = ANY (p.polroles)), '')
              || coalesce(' USING (' || pg_get_expr(p.polqual, p.polrelid) || ')', '')
              || coalesce(' WITH CHECK (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')', '')
              AS form
            FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid
              JOIN pg_namespace n ON n.oid = c.relnamespace WHERE
          """
              + TABLE
              + ") x",
          """
          SELECT 'rule', format('%I ON %I.%I', r.rulename, n.nspname, c.relname),
            pg_get_ruledef(r.oid), pg_get_ruledef(r.oid)
          FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class
            JOIN pg_namespace n ON n.oid = c.relnamespace WHERE r.rulename <> '_RETURN' AND
          """
              + TABLE,
          """
          SELECT 'statistics', format('%I.%I', sn.nspname, s.stxname),
            pg_get_statisticsobjdef(s.oid), pg_get_statisticsobjdef(s.oid)
          FROM pg_statistic_ext s JOIN pg_namespace sn ON sn.oid = s.stxnamespace
            JOIN pg_class c ON c.oid = s.stxrelid JOIN pg_namespace n ON n.oid = c.relnamespace
          WHERE
          """
              + TABLE,
          """
          SELECT 'comment', what, text, 'COMMENT ON ' || what || ' IS ' || quote_literal(text)
          FROM (
            SELECT CASE WHEN d.objsubid > 0
                THEN format('COLUMN %I.%I.%I', n.nspname, c.relname, a.attname)
                ELSE format('%s %I.%I', CASE c.relkind WHEN 'v' THEN 'VIEW' WHEN 'S' THEN 'SEQUENCE'
                  WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'i' THEN 'INDEX' WHEN 'I' THEN 'INDEX'
                  ELSE 'TABLE' END, n.nspname, c.relname) END AS what,
              d.description AS text
            FROM pg_description d JOIN pg_class c ON c.oid = d.objoid
              JOIN pg_namespace n ON n.oid = c.relnamespace
              LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = d.objsubid
            WHERE d.classoid = 'pg_class'::regclass AND c.relkind IN ('r', 'p', 'v', 'm', 'S', 'i', 'I')
              AND
          """
              + TABLE
              + ") x");

  private AttachedFactsReader() {}

  static List<ObjectFacts> read(Session session, DatabaseSettings settings) throws SQLException {
    List<ObjectFacts> objects = new ArrayList<>();
    List<String> roles = settings.applicationRoles();
    objects.addAll(ObjectFactsReader.read(session, OWNERS, roles));
    objects.addAll(ObjectFactsReader.read(session, RIGHTS, roles, roles, roles));
    for (String query : QUERIES) {
      objects.addAll(ObjectFactsReader.read(session, query));
    }
    return objects;
  }
}
