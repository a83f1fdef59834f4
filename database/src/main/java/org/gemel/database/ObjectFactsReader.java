package org.gemel.database;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.gemel.database.preflight.ObjectFacts;

/** Reads what a database has beside tables; each query gives kind, name, form and statement. */
final class ObjectFactsReader {
  /** In the order in which they can be made. */
  private static final List<String> QUERIES =
      List.of(
          """
          SELECT 'schema', format('%I', n.nspname), '', format('CREATE SCHEMA %I', n.nspname)
          FROM pg_namespace n WHERE n.nspname !~ '^pg_'
            AND n.nspname NOT IN ('information_schema', 'gemel')
          """
              + notOfExtension("pg_namespace", "n.oid"),
          """
          SELECT 'extension', format('%I', e.extname), e.extversion,
            format('CREATE EXTENSION %I SCHEMA %I VERSION %L', e.extname, n.nspname, e.extversion)
          FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
          """,
          """
          SELECT 'enum', name, form, 'CREATE TYPE ' || name || ' AS ENUM (' || form || ')' FROM (
            SELECT format('%I.%I', n.nspname, t.typname) AS name,
              (SELECT string_agg('''' || replace(e.enumlabel, '''', '''''') || '''', ', '
                ORDER BY e.enumsortorder) FROM pg_enum e WHERE e.enumtypid = t.oid) AS form
            FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace WHERE t.typtype = 'e'
          """
              + ofUsers()
              + notOfExtension("pg_type", "t.oid")
              + ") x",
          """
          SELECT 'type', name, form, create_words || form || ending FROM (
            SELECT format('%I.%I', n.nspname, t.typname) AS name,
              CASE t.typtype WHEN 'd' THEN format('CREATE DOMAIN %I.%I AS ', n.nspname, t.typname)
                WHEN 'r' THEN format('CREATE TYPE %I.%I AS RANGE (', n.nspname, t.typname)
                ELSE format('CREATE TYPE %I.%I AS (', n.nspname, t.typname) END AS create_words,
              CASE t.typtype WHEN 'd' THEN concat_ws(' ', format_type(t.typbasetype, t.typtypmod),
                  'DEFAULT ' || t.typdefault, CASE WHEN t.typnotnull THEN 'NOT NULL' END,
                  (SELECT string_agg(format('CONSTRAINT %I %s', k.conname,
                    pg_get_constraintdef(k.oid)), ' ' ORDER BY k.conname) FROM pg_constraint k
                    WHERE k.contypid = t.oid AND k.contype = 'c'))
                WHEN 'r' THEN (SELECT 'SUBTYPE = ' || format_type(r.rngsubtype, NULL)
                  FROM pg_range r WHERE r.rngtypid = t.oid)
                ELSE (SELECT string_agg(format('%I %s', a.attname,
                    format_type(a.atttypid, a.atttypmod)), ', ' ORDER BY a.attnum)
                  FROM pg_attribute a WHERE a.attrelid = t.typrelid AND NOT a.attisdropped)
                END AS form,
              CASE WHEN t.typtype = 'd' THEN '' ELSE ')' END AS ending
            FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
            WHERE (t.typtype IN ('d', 'r') OR t.typtype = 'c' AND EXISTS (SELECT 1 FROM pg_class k
              WHERE k.oid = t.typrelid AND k.relkind = 'c'))
          """
              + ofUsers()
              + notOfExtension("pg_type", "t.oid")
              + ") x",
          """
          SELECT 'sequence', name, form, CASE WHEN inner_part THEN ''
            ELSE 'CREATE SEQUENCE ' || name || ' ' || form END FROM (
            SELECT format('%I.%I', n.nspname, c.relname) AS name,
              format('AS %s INCREMENT BY %s MINVALUE %s MAXVALUE %s START WITH %s CACHE %s %s',
                format_type(s.seqtypid, NULL), s.seqincrement, s.seqmin, s.seqmax, s.seqstart,
                s.seqcache, CASE WHEN s.seqcycle THEN 'CYCLE' ELSE 'NO CYCLE' END) AS form,
              EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid = 'pg_class'::regclass
                AND d.objid = c.oid AND d.deptype = 'i') AS inner_part
            FROM pg_sequence s JOIN pg_class c ON c.oid = s.seqrelid
              JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relpersistence = 'p' AND
          """
              + UserTables.OF_USERS
              + ") x",
          """
          SELECT 'owned sequence', name || ' OWNED BY ' || owner, '',
            'ALTER SEQUENCE ' || name || ' OWNED BY ' || owner FROM (
            SELECT format('%I.%I', n.nspname, c.relname) AS name,
              format('%I.%I.%I', tn.nspname, t.relname, a.attname) AS owner
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
              JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = c.oid
                AND d.refclassid = 'pg_class'::regclass AND d.deptype = 'a'
              JOIN pg_class t ON t.oid = d.refobjid JOIN pg_namespace tn ON tn.oid = t.relnamespace
              JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = d.refobjsubid
            WHERE c.relkind = 'S' AND c.relpersistence = 'p'
              AND format('%I.%I', tn.nspname, t.relname) <> ALL (coalesce(
                nullif(current_setting('gemel.left_out', true), ''), '{}')::text[]) AND
          """
              + UserTables.OF_USERS
              + ") x",
          """
          SELECT 'function', format('%I.%I(%s)', n.nspname, p.proname,
              pg_get_function_identity_arguments(p.oid)),
            concat_ws(' ', 'returns ' || pg_get_function_result(p.oid), 'language', l.lanname,
              'source', md5(coalesce(pg_get_function_sqlbody(p.oid), p.prosrc)),
              CASE WHEN p.prosecdef THEN format('with the rights of %I', o.rolname) END,
              CASE WHEN NOT public.execute THEN 'not for everybody' END),
            -- One text, so that it is never there with the rights of who makes it.
            pg_get_functiondef(p.oid)
              || CASE WHEN p.prosecdef
                THEN format(E';\nALTER ROUTINE %s OWNER TO %I', called.name, o.rolname) ELSE '' END
              || format(CASE WHEN public.execute THEN E';\nGRANT EXECUTE ON ROUTINE %s TO PUBLIC'
                ELSE E';\nREVOKE EXECUTE ON ROUTINE %s FROM PUBLIC' END, called.name)
          FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
            JOIN pg_language l ON l.oid = p.prolang JOIN pg_roles o ON o.oid = p.proowner,
            LATERAL (SELECT format('%I.%I(%s)', n.nspname, p.proname,
              pg_get_function_identity_arguments(p.oid)) AS name) called,
            LATERAL (SELECT p.proacl IS NULL OR EXISTS (SELECT 1 FROM aclexplode(p.proacl) x
              WHERE x.grantee = 0 AND x.privilege_type = 'EXECUTE') AS execute) public
          WHERE p.prokind IN ('f', 'p', 'w')
          """
              + ofUsers()
              + notOfExtension("pg_proc", "p.oid"),
          """
          SELECT CASE c.relkind WHEN 'v' THEN 'view' ELSE 'materialised view' END,
            format('%I.%I', n.nspname, c.relname), pg_get_viewdef(c.oid),
            CASE c.relkind WHEN 'v' THEN (SELECT ' WITH (' || string_agg(o, ', ' ORDER BY o) || ')'
              FROM unnest(c.reloptions) o) END
          FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
          WHERE c.relkind IN ('v', 'm') AND c.relpersistence = 'p' AND
          """
              + UserTables.OF_USERS,
          """
          SELECT 'event trigger', format('%I', e.evtname), e.evtevent, ''
          FROM pg_event_trigger e JOIN pg_proc p ON p.oid = e.evtfoid
            JOIN pg_namespace n ON n.oid = p.pronamespace
          WHERE e.evtenabled <> 'D' AND n.nspname <> 'gemel'
          """
              + notOfExtension("pg_event_trigger", "e.oid"));

  private final Session session;
  private final DatabaseSettings settings;

  ObjectFactsReader(Session session, DatabaseSettings settings) {
    this.session = session;
    this.settings = settings;
  }

  /** Nothing of tables that are left out by name: those are each side's own. */
  List<ObjectFacts> read() throws SQLException {
    List<ObjectFacts> objects = new ArrayList<>();
    session.leaveOut(settings.leftOut());
    try {
      for (String query : QUERIES) {
        objects.addAll(read(session, query));
      }
      objects.addAll(AttachedFactsReader.read(session, settings));
    } finally {
      session.leaveOut(List.of());
    }
    return objects;
  }

  /** What a query gives, by its names. */
  static List<ObjectFacts> read(Session session, String query, Object... parameters)
      throws SQLException {
    return session.list(
        query + " ORDER BY 2",
        row ->
            new ObjectFacts(
                row.getString(1), row.getString(2), text(row.getString(3)), text(row.getString(4))),
        parameters);
  }

  private static String text(String value) {
    return value == null ? "" : value;
  }

  static String ofUsers() {
    return " AND n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'gemel')";
  }

  static String notOfExtension(String catalogue, String oid) {
    return " AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid = 'pg_catalog."
        + catalogue
        + "'::regclass AND d.objid = "
        + oid
        + " AND d.deptype = 'e')";
  }
}
