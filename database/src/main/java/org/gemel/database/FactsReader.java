package org.gemel.database;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.gemel.database.preflight.DatabaseFacts;
import org.gemel.database.preflight.DatabaseFacts.PublicationFacts;
import org.gemel.database.preflight.DatabaseFacts.SubscriptionFacts;

/**
 * Reads what a preflight wants to know of one database, each kind of thing with one query, however
 * many there are. Changes nothing. The only ones who may wait for it, a few seconds, are those who
 * drop or change a subscription while the way to the other side is tried.
 */
final class FactsReader {
  private final Session session;
  private final DatabaseSettings settings;
  private final String name;

  FactsReader(Session session, DatabaseSettings settings) {
    this.session = session;
    this.settings = settings;
    this.name = Names.of(settings.pair());
  }

  /**
   * @param partner the other side's database, which this one's server is to reach
   */
  DatabaseFacts read(MainConnection partner) throws SQLException, DatabaseFailure {
    session.leaveOut(List.of()); // what is left out by name is looked at as well
    OwnSchema own = new OwnSchema(session);
    return session.one(
        """
        SELECT format('%I', datname) AS name, pg_database_size(oid) AS bytes,
          pg_encoding_to_char(encoding) AS encoding,
          replace(lower(concat_ws(' ', coalesce(to_jsonb(d)->>'datlocprovider', 'c'), datcollate,
            datctype, coalesce(to_jsonb(d)->>'datlocale', to_jsonb(d)->>'daticulocale'))), '-', '')
            AS locale,
          (SELECT count(*) FROM pg_largeobject_metadata) AS large_objects
        FROM pg_database d WHERE datname = current_database()""",
        row ->
            new DatabaseFacts(
                new ServerFactsReader(session, settings, own.followers()).read(),
                settings.address().toString(),
                row.getString("name"),
                name,
                own.mark().map(mark -> mark.role().name()).orElse(""),
                row.getLong("bytes"),
                row.getString("encoding"),
                row.getString("locale"),
                row.getLong("large_objects"),
                settings.leftOut(),
                new RoleFactsReader(session, settings).read(),
                new Reach(session).to(partner),
                new TableFactsReader(session, settings).read(),
                new ObjectFactsReader(session, settings).read(),
                publications(),
                subscriptions()));
  }

  private List<PublicationFacts> publications() throws SQLException {
    return session.list(
        """
        SELECT format('%I', pubname) AS name, pubname = ? AS own, pubviaroot,
          CASE WHEN pubinsert THEN 'i' ELSE '' END || CASE WHEN pubupdate THEN 'u' ELSE '' END
            || CASE WHEN pubdelete THEN 'd' ELSE '' END
            || CASE WHEN pubtruncate THEN 't' ELSE '' END AS kinds,
          ARRAY(SELECT format('%I.%I', n.nspname, c.relname)
            FROM pg_publication_rel r JOIN pg_class c ON c.oid = r.prrelid
              JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE r.prpubid = p.oid AND (to_jsonb(r)->>'prattrs' IS NOT NULL
              OR to_jsonb(r)->>'prqual' IS NOT NULL) ORDER BY 1) AS partial
        FROM pg_publication p ORDER BY 1""",
        row ->
            new PublicationFacts(
                row.getString("name"),
                row.getBoolean("own"),
                row.getString("kinds"),
                row.getBoolean("pubviaroot"),
                texts(row, "partial")),
        name);
  }

  private List<SubscriptionFacts> subscriptions() throws SQLException {
    return session.list(
        """
        SELECT format('%I', subname) AS name, subname = ? AS own, subenabled,
          (SELECT count(*) FROM pg_subscription_rel r WHERE r.srsubid = s.oid) AS tables
        FROM pg_subscription s JOIN pg_database d ON d.oid = s.subdbid
        WHERE d.datname = current_database() ORDER BY 1""",
        row ->
            new SubscriptionFacts(
                row.getString("name"),
                row.getBoolean("own"),
                row.getBoolean("subenabled"),
                row.getInt("tables")),
        name);
  }

  /** A column that is an array of texts. */
  static List<String> texts(ResultSet row, String column) throws SQLException {
    return List.of((String[]) row.getArray(column).getArray());
  }
}
