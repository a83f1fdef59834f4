package org.gemel.database;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.gemel.database.preflight.ColumnFacts;
import org.gemel.database.preflight.PartFacts;
import org.gemel.database.preflight.TableFacts;

/** Reads the tables, in six queries however many there are, and puts together what belongs so. */
final class TableFactsReader {
  private static final String FROM =
      """
       FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      """;
  private static final String TABLES =
      "c.relkind IN ('r', 'p', 'f', 'm') AND c.relpersistence <> 't' AND " + UserTables.OF_USERS;

  /**
   * Types that have neither a btree nor a hash default operator class: nothing can compare them.
   */
  private static final String INCOMPARABLE =
      """
      '{json,xml,point,box,line,lseg,path,polygon,circle,pg_snapshot,txid_snapshot}'::regtype[]""";

  private static final String RELATIONS =
      """
      SELECT c.oid::bigint AS oid, format('%I.%I', n.nspname, c.relname) AS name,
        c.relkind::text AS kind, c.relpersistence::text AS persistence,
        concat_ws(' ', pg_get_expr(c.relpartbound, c.oid),
          'PARTITION BY ' || pg_get_partkeydef(c.oid)) AS partition, c.relispartition,
        ARRAY(SELECT format('%I.%I', pn.nspname, p.relname) FROM pg_inherits i
          JOIN pg_class p ON p.oid = i.inhparent JOIN pg_namespace pn ON pn.oid = p.relnamespace
          WHERE i.inhrelid = c.oid ORDER BY i.inhseqno) AS parents,
        CASE c.relreplident WHEN 'i' THEN 'i ' || coalesce((SELECT format('%I', x.relname)
          FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid
          WHERE i.indrelid = c.oid AND i.indisreplident), '') ELSE c.relreplident::text END
          AS identity,
        CASE c.relreplident
          WHEN 'f' THEN true
          WHEN 'd' THEN EXISTS (SELECT 1 FROM pg_index i WHERE i.indrelid = c.oid
            AND i.indisprimary AND i.indimmediate AND i.indisvalid)
          WHEN 'i' THEN EXISTS (SELECT 1 FROM pg_index i WHERE i.indrelid = c.oid
            AND i.indisreplident AND i.indimmediate AND i.indisvalid)
          ELSE false
        END AS identified,
        c.relrowsecurity AND c.relforcerowsecurity AND NOT EXISTS (SELECT 1 FROM pg_roles r
          WHERE r.oid = c.relowner AND (r.rolsuper OR r.rolbypassrls)) AS forced,
        c.reltuples::bigint AS rows,
        1 + (SELECT count(*) FROM pg_index i WHERE i.indrelid = c.oid)
          + CASE WHEN c.reltoastrelid <> 0 THEN 2 ELSE 0 END AS relations
      """
          + FROM
          + "WHERE "
          + TABLES
          + " ORDER BY 2";

  private static final String COLUMNS =
      """
      SELECT c.oid::bigint AS oid, format('%I', a.attname) AS name,
        format_type(a.atttypid, a.atttypmod)
          || coalesce((SELECT format(' COLLATE %I.%I', cn.nspname, l.collname)
            FROM pg_collation l JOIN pg_namespace cn ON cn.oid = l.collnamespace
            WHERE l.oid = a.attcollation AND a.attcollation <> t.typcollation), '') AS type,
        a.attnotnull AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conrelid = c.oid
          AND k.contype = 'n' AND NOT k.convalidated AND k.conkey = ARRAY[a.attnum])
          AS attnotnull, a.attgenerated::text AS generated, a.attidentity::text AS identity,
        coalesce(pg_get_expr(d.adbin, d.adrelid), '') AS standard,
        coalesce((SELECT format('%I.%I', sn.nspname, s.relname) FROM pg_depend e
          JOIN pg_class s ON s.oid = e.objid AND s.relkind = 'S'
          JOIN pg_namespace sn ON sn.oid = s.relnamespace
          WHERE a.attidentity <> '' AND e.classid = 'pg_class'::regclass
            AND e.refclassid = 'pg_class'::regclass AND e.refobjid = c.oid
            AND e.refobjsubid = a.attnum AND e.deptype = 'i'), '') AS sequence,
        coalesce(nullif(t.typelem, 0), nullif(t.typbasetype, 0), t.oid)
      """
          + " = ANY (("
          + INCOMPARABLE
          + ")::oid[]) AS incomparable"
          + FROM
          + """
            JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
            JOIN pg_type t ON t.oid = a.atttypid
            LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
          WHERE c.relkind IN ('r', 'p') AND c.relpersistence <> 't' AND
          """
          + UserTables.OF_USERS
          + " ORDER BY c.oid, a.attnum";

  private static final String CONSTRAINTS =
      """
      SELECT c.oid::bigint AS oid, format('%I', k.conname) AS name, k.contype::text AS kind,
        pg_get_constraintdef(k.oid) AS definition,
        coalesce((SELECT format('%I.%I', fn.nspname, f.relname) FROM pg_class f
          JOIN pg_namespace fn ON fn.oid = f.relnamespace WHERE f.oid = k.confrelid), '') AS refers
      """
          + FROM
          + """
            JOIN pg_constraint k ON k.conrelid = c.oid AND k.conislocal
              AND k.contype IN ('p', 'u', 'c', 'f', 'x')
          WHERE
          """
          + TABLES
          + " ORDER BY c.oid, position(k.contype::text IN 'pucxf'), k.conname";

  private static final String INDEXES =
      """
      SELECT c.oid::bigint AS oid, format('%I', x.relname) AS name,
        CASE WHEN i.indisunique THEN 'unique' ELSE '' END AS kind,
        pg_get_indexdef(i.indexrelid) AS definition, '' AS refers
      """
          + FROM
          + """
            JOIN pg_index i ON i.indrelid = c.oid AND i.indisvalid
            JOIN pg_class x ON x.oid = i.indexrelid
          WHERE NOT x.relispartition AND NOT EXISTS (SELECT 1 FROM pg_constraint k
            WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x')) AND
          """
          + TABLES
          + " ORDER BY c.oid, x.relname";

  private static final String TRIGGERS =
      """
      SELECT c.oid::bigint AS oid, format('%I', g.tgname) AS name, g.tgenabled::text AS kind,
        pg_get_triggerdef(g.oid) AS definition, '' AS refers
      """
          + FROM
          + """
            JOIN pg_trigger g ON g.tgrelid = c.oid AND NOT g.tgisinternal AND g.tgparentid = 0
          WHERE
          """
          + TABLES
          + " ORDER BY c.oid, g.tgname";

  private static final String GRANTS =
      """
      SELECT oid, role || '=' || rights AS granted FROM (
        SELECT c.oid::bigint AS oid, format('%I', r.rolname) AS role, concat_ws(', ',
          CASE WHEN has_table_privilege(r.oid, c.oid, 'SELECT') THEN 'SELECT' END,
          CASE WHEN has_table_privilege(r.oid, c.oid, 'INSERT') THEN 'INSERT' END,
          CASE WHEN has_table_privilege(r.oid, c.oid, 'UPDATE') THEN 'UPDATE' END,
          CASE WHEN has_table_privilege(r.oid, c.oid, 'DELETE') THEN 'DELETE' END) AS rights
      """
          + FROM
          + "JOIN pg_roles r ON r.rolname = ANY (?) AND NOT r.rolsuper WHERE "
          + TABLES
          + ") g WHERE rights <> '' ORDER BY oid, role";

  private final Session session;
  private final DatabaseSettings settings;

  TableFactsReader(Session session, DatabaseSettings settings) {
    this.session = session;
    this.settings = settings;
  }

  List<TableFacts> read() throws SQLException {
    Map<Long, List<String>> incomparable = new HashMap<>();
    Map<Long, List<ColumnFacts>> columns = columns(incomparable);
    Map<Long, List<PartFacts>> constraints = parts(CONSTRAINTS);
    Map<Long, List<PartFacts>> indexes = parts(INDEXES);
    Map<Long, List<PartFacts>> triggers = parts(TRIGGERS);
    Map<Long, List<String>> grants =
        byTable(GRANTS, row -> row.getString("granted"), settings.applicationRoles());
    return session.list(
        RELATIONS,
        row -> {
          Long oid = row.getLong("oid");
          List<String> parents = FactsReader.texts(row, "parents");
          boolean partition = row.getBoolean("relispartition");
          return new TableFacts(
              row.getString("name"),
              row.getString("kind"),
              row.getString("persistence"),
              row.getString("partition"),
              partition ? parents.getFirst() : "",
              partition ? List.of() : parents,
              row.getBoolean("identified"),
              row.getString("identity"),
              incomparable.getOrDefault(oid, List.of()),
              row.getBoolean("forced"),
              row.getLong("rows"),
              row.getInt("relations"),
              grants.getOrDefault(oid, List.of()),
              columns.getOrDefault(oid, List.of()),
              constraints.getOrDefault(oid, List.of()),
              indexes.getOrDefault(oid, List.of()),
              triggers.getOrDefault(oid, List.of()));
        });
  }

  private Map<Long, List<ColumnFacts>> columns(Map<Long, List<String>> incomparable)
      throws SQLException {
    return byTable(
        COLUMNS,
        row -> {
          if (row.getBoolean("incomparable")) {
            incomparable
                .computeIfAbsent(row.getLong("oid"), _ -> new ArrayList<>())
                .add(row.getString("name"));
          }
          return new ColumnFacts(
              row.getString("name"),
              row.getString("type"),
              row.getBoolean("attnotnull"),
              row.getString("standard"),
              row.getString("generated"),
              row.getString("identity"),
              row.getString("sequence"));
        });
  }

  private Map<Long, List<PartFacts>> parts(String query) throws SQLException {
    return byTable(
        query,
        row ->
            new PartFacts(
                row.getString("name"),
                row.getString("kind"),
                row.getString("definition"),
                row.getString("refers")));
  }

  private <T> Map<Long, List<T>> byTable(String query, Session.Row<T> read, Object... parameters)
      throws SQLException {
    Map<Long, List<T>> map = new HashMap<>();
    session.list(
        query,
        (ResultSet row) ->
            map.computeIfAbsent(row.getLong("oid"), _ -> new ArrayList<>()).add(read.read(row)),
        parameters);
    return map;
  }
}
