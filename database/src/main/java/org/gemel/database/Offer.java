package org.gemel.database;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a main's publication offers by its catalogue, which everybody may read.
 *
 * <p>Whoever alters it and alters it back, or drops a table and makes it again, leaves a gap in
 * what is sent; afterwards everything looks as before but the rows of the catalogue, which are
 * other ones. Whoever drops a column and adds it again leaves numbers of columns that are used up,
 * of which the text has a digest.
 */
final class Offer {
  private static final int ORIGIN_FILTER_SINCE = 160000;

  private static final String PLAIN = text("");

  private static final String TEXT =
      text(
          """
          || ':' || (SELECT left(md5(coalesce(string_agg(a.attnum || CASE WHEN a.attisdropped THEN ''
            ELSE ' ' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) END, ','
            ORDER BY a.attnum), '')), 16)
            FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0)""");

  private static final Pattern DIGEST =
      Pattern.compile("^(\\d+ \\d+ \\d+):[0-9a-f]+ ", Pattern.MULTILINE);

  private static final String FROM = " FROM pg_publication p WHERE p.pubname = ?";

  private final Session main;
  private final String name;

  Offer(Session main, String name) {
    this.main = main;
    this.name = name;
  }

  /**
   * The same as long as nobody alters the publication, whatever becomes of its tables; empty where
   * there is none.
   */
  String fingerprint() throws SQLException {
    return main.first("SELECT md5(" + PLAIN + ")" + FROM, row -> row.getString(1), name).orElse("");
  }

  /** The text as releases wrote it that knew of no digests. */
  static String withoutDigests(String text) {
    return DIGEST.matcher(text).replaceAll("$1 ");
  }

  /** As the release before wrote it, which said the same in other words. */
  String formerFingerprint() throws SQLException {
    return main.first(
            """
            SELECT md5(p.oid || ' ' || p.xmin || ' ' || coalesce((
              SELECT string_agg(r.oid || ' ' || r.prrelid || ' ' || r.xmin, ',' ORDER BY r.oid)
              FROM pg_publication_rel r WHERE r.prpubid = p.oid), ''))
            FROM pg_publication p WHERE p.pubname = ?""",
            row -> row.getString(1),
            name)
        .orElse("");
  }

  private static String text(String digest) {
    return """
           p.oid || ' ' || p.xmin || coalesce((
             SELECT string_agg(chr(10) || r.oid || ' ' || r.prrelid || ' ' || r.xmin
           """
        + digest
        + """
               || ' ' || format('%I.%I', n.nspname, c.relname), '' ORDER BY r.oid)
             FROM pg_publication_rel r JOIN pg_class c ON c.oid = r.prrelid
               JOIN pg_namespace n ON n.oid = c.relnamespace WHERE r.prpubid = p.oid), '')""";
  }

  /** A line for the publication, then one a table; empty where there is none. */
  String text() throws SQLException {
    return main.first("SELECT " + TEXT + FROM, row -> row.getString(1), name).orElse("");
  }

  /** Why not every change of every row of these tables was sent, a sentence each. */
  List<String> gaps(List<String> wanted) throws SQLException {
    List<String> gaps = new ArrayList<>();
    List<String> offered =
        main.texts(
            """
            SELECT format('%I.%I', schemaname, tablename) FROM pg_publication_tables
            WHERE pubname = ? AND schemaname <> 'gemel'""",
            name);
    add(gaps, "tables that main does not offer: ", without(wanted, offered));
    add(gaps, "tables that main offers and should not: ", without(offered, wanted));
    add(
        gaps,
        "changes that main does not send: ",
        main.texts(
            """
            SELECT kind FROM pg_publication p, LATERAL (VALUES ('INSERT', pubinsert),
              ('UPDATE', pubupdate), ('DELETE', pubdelete), ('TRUNCATE', pubtruncate)) k(kind, sent)
            WHERE p.pubname = ? AND NOT sent""",
            name));
    add(
        gaps,
        "tables of which main sends some rows or columns only: ",
        // Before version 15 there are no such columns, so they are looked for by name.
        main.texts(
            """
            SELECT format('%I.%I', n.nspname, c.relname)
            FROM pg_publication p JOIN pg_publication_rel r ON r.prpubid = p.oid
              JOIN pg_class c ON c.oid = r.prrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE p.pubname = ?
              AND coalesce(to_jsonb(r) ->> 'prqual', to_jsonb(r) ->> 'prattrs') IS NOT NULL
            ORDER BY 1""",
            name));
    return gaps;
  }

  /** Rows that another replication writes on main are not sent on: see the subscription. */
  List<String> fedByOthers(Session backup) throws SQLException {
    if (version(main) < ORIGIN_FILTER_SINCE || version(backup) < ORIGIN_FILTER_SINCE) {
      return List.of(); // they are sent on
    }
    return main.list(
        """
        SELECT DISTINCT format('%I.%I', n.nspname, c.relname)
        FROM pg_subscription s JOIN pg_subscription_rel sr ON sr.srsubid = s.oid
          JOIN pg_class c ON c.oid = sr.srrelid JOIN pg_namespace n ON n.oid = c.relnamespace
          JOIN pg_publication_rel r ON r.prrelid = c.oid
          JOIN pg_publication p ON p.oid = r.prpubid
        WHERE s.subenabled AND s.subname <> ? AND p.pubname = ?
          AND s.subdbid = (SELECT oid FROM pg_database WHERE datname = current_database())
        ORDER BY 1""",
        row -> row.getString(1), name, name);
  }

  private static int version(Session session) throws SQLException {
    return session.one("SHOW server_version_num", row -> row.getInt(1));
  }

  private static List<String> without(List<String> all, List<String> some) {
    List<String> rest = new ArrayList<>(all);
    rest.removeAll(new HashSet<>(some));
    return rest;
  }

  private static void add(List<String> gaps, String words, List<String> found) {
    if (!found.isEmpty()) {
      gaps.add(words + found);
    }
  }
}
