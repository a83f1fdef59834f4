package org.gemel.database;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Two sides that go their own ways, with tables of odd keys and types, and what tests do to them.
 */
final class Split {
  static final String ODD = "\"Odd Names\".\"Ünï \"\"code\"\"\"";

  private Split() {}

  /** On both sides, before the replication starts; the columns in another order on Y. */
  static void addTables(Newsroom newsroom) throws Exception {
    newsroom.x.sql(
        "CREATE TABLE "
            + ODD
            + "(\"Key 1\" uuid, \"key 2\" text, list int[], doc jsonb, raw bytea, f float8,"
            + " n numeric, at timestamptz, span interval, padded char(5), made text GENERATED ALWAYS AS (doc ->> 'a')"
            + " STORED, number bigint GENERATED ALWAYS AS IDENTITY, PRIMARY KEY (\"key 2\", \"Key 1\"))");
    newsroom.y.sql(
        "CREATE TABLE "
            + ODD
            + "(number bigint GENERATED ALWAYS AS IDENTITY, span interval, at timestamptz,"
            + " n numeric, f float8, raw bytea, padded char(5), doc jsonb, list int[], \"key 2\" text, \"Key 1\" uuid,"
            + " made text GENERATED ALWAYS AS (doc ->> 'a') STORED, PRIMARY KEY (\"key 2\", \"Key 1\"))",
        "ALTER DATABASE " + Sql.identifier(newsroom.name) + " SET \"DateStyle\" = 'SQL, DMY'",
        "ALTER DATABASE " + Sql.identifier(newsroom.name) + " SET extra_float_digits = 0",
        "ALTER DATABASE " + Sql.identifier(newsroom.name) + " SET bytea_output = 'escape'");
    for (Newsroom.Side side : List.of(newsroom.x, newsroom.y)) {
      side.sql(
          "CREATE TABLE loose(a int, b text)",
          "ALTER TABLE loose REPLICA IDENTITY FULL",
          "CREATE TABLE emptied(id int PRIMARY KEY, note text)",
          "CREATE TABLE amounts(amount numeric PRIMARY KEY, note text)",
          "ALTER TABLE amounts REPLICA IDENTITY FULL",
          "GRANT ALL ON ALL TABLES IN SCHEMA public TO editor");
    }
  }

  static void fillTables(Newsroom newsroom) throws Exception {
    for (Newsroom.Side side : List.of(newsroom.x, newsroom.y)) {
      side.sql("TRUNCATE loose, emptied, amounts, " + ODD);
    }
    newsroom.x.sql(
        "INSERT INTO loose SELECT n % 3, 'twice' FROM generate_series(1, 6) n",
        "INSERT INTO emptied SELECT n, 'note ' || n FROM generate_series(1, 5) n",
        "INSERT INTO amounts SELECT n, 'amount ' || n FROM generate_series(1, 5) n",
        "INSERT INTO "
            + ODD
            + " SELECT md5(n::text)::uuid, 'Schlüssel, \"' || n || '\\', ARRAY[n, NULL, 3],"
            + " jsonb_build_object('a', n, 'ä', 'ß'), decode(md5(n::text), 'hex'),"
            + " CASE n % 4 WHEN 0 THEN 'NaN' WHEN 1 THEN 'infinity' WHEN 2 THEN '-0' ELSE n / 3.0::float8"
            + " END, CASE n % 2 WHEN 0 THEN 'NaN' ELSE n / 7.0 END, now() + n * interval '1 s',"
            + " n * interval '1 day 3 s', 'a ' FROM generate_series(1, 30) n");
  }

  /** As the steps of a split do it, with X main. */
  static void part(Newsroom newsroom) throws Exception {
    part(newsroom, 2);
  }

  static void part(Newsroom newsroom, long epoch) throws Exception {
    newsroom.awaitConfirmed(newsroom.x);
    newsroom.y.split.partFromMain();
    newsroom.y.database.setSequences(newsroom.x.database.sequences());
    newsroom.x.split.partFromBackup();
    newsroom.y.database.openAsMain(epoch);
  }

  /** Keys noted, by table; a table as a whole has one that says why. */
  static Map<String, List<String>> noted(Newsroom.Side side) throws Exception {
    Map<String, List<String>> noted = new TreeMap<>();
    for (String table : side.list("SELECT name FROM gemel.changed_table", r -> r.getString(1))) {
      String literal = Sql.literal(table);
      noted.put(
          table,
          side.list(
              "SELECT key FROM gemel.changed_key WHERE name = "
                  + literal
                  + " UNION ALL SELECT whole FROM gemel.changed_table WHERE whole <> '' AND name = "
                  + literal
                  + " ORDER BY 1",
              row -> row.getString(1)));
    }
    return noted;
  }

  static long slots(Newsroom.Side side) throws Exception {
    return side.number("SELECT count(*) FROM pg_replication_slots");
  }
}
