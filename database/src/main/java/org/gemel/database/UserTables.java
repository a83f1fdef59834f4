package org.gemel.database;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The tables of a database that belong to its users: not PostgreSQL's, Gemel's or an extension's,
 * and not those that the session leaves out by name.
 */
final class UserTables {
  /** To stand in a WHERE clause on {@code pg_class c} joined with {@code pg_namespace n}. */
  static final String OF_USERS =
      """
       n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'gemel')
       AND NOT EXISTS (SELECT 1 FROM pg_depend d
         WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
       AND format('%I.%I', n.nspname, c.relname)
         <> ALL (coalesce(nullif(current_setting('gemel.left_out', true), ''), '{}')::text[])
      """;

  private static final String QUERY =
      """
      SELECT format('%I.%I', n.nspname, c.relname) AS name, c.relkind::text AS kind,
        c.relpersistence::text AS persistence,
        CASE c.relreplident
          WHEN 'f' THEN true
          WHEN 'd' THEN EXISTS (SELECT 1 FROM pg_index i WHERE i.indrelid = c.oid
            AND i.indisprimary AND i.indimmediate AND i.indisvalid)
          WHEN 'i' THEN EXISTS (SELECT 1 FROM pg_index i WHERE i.indrelid = c.oid
            AND i.indisreplident AND i.indimmediate AND i.indisvalid)
          ELSE false
        END AS identified
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'p', 'm', 'f') AND
      """
          + OF_USERS
          + " ORDER BY 1";

  /** One relation; {@code identified}: an UPDATE of one row can name that row to a backup. */
  private record Relation(String name, String kind, String persistence, boolean identified) {
    boolean isReplicable() {
      return kind.equals("r") && persistence.equals("p");
    }
  }

  private final Session session;
  private final List<Relation> relations;

  UserTables(Session session) throws SQLException {
    this.session = session;
    this.relations =
        session.list(
            QUERY,
            row ->
                new Relation(
                    row.getString("name"),
                    row.getString("kind"),
                    row.getString("persistence"),
                    row.getBoolean("identified")));
  }

  /** Those that hold rows and can be replicated; of a partitioned table its partitions. */
  List<String> replicable() {
    return relations.stream().filter(Relation::isReplicable).map(Relation::name).toList();
  }

  /** Those, and the partitioned tables over them, which foreign keys may refer to. */
  List<String> toEmpty() {
    return relations.stream()
        .filter(r -> r.isReplicable() || r.kind().equals("p"))
        .map(Relation::name)
        .toList();
  }

  /** Replicable ones whose UPDATE and DELETE would fail as soon as they were published. */
  List<String> withoutIdentity() {
    return relations.stream()
        .filter(r -> r.isReplicable() && !r.identified())
        .map(Relation::name)
        .toList();
  }

  /** What replication leaves behind, a sentence each. */
  List<String> notCarried() throws SQLException {
    List<String> sentences = new ArrayList<>();
    for (Relation relation : relations) {
      switch (relation.kind()) {
        case "m" -> sentences.add("materialized view " + relation.name() + ": refresh it there");
        case "f" -> sentences.add("foreign table " + relation.name() + ": its rows are elsewhere");
        default -> {
          if (!relation.persistence().equals("p") && relation.kind().equals("r")) {
            sentences.add("unlogged table " + relation.name() + ": it has no log to replicate");
          }
        }
      }
    }
    long objects = session.one("SELECT count(*) FROM pg_largeobject_metadata", r -> r.getLong(1));
    if (objects > 0) {
      sentences.add(objects + " large objects: logical replication does not carry them");
    }
    return sentences;
  }
}
