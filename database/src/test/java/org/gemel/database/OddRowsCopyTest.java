package org.gemel.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kinds of tables and values that a copy could get wrong, each in one piece and in parts. */
final class OddRowsCopyTest {
  private static final String ODD = "\"Ödd \"\"T\"\"\"";
  private static final String[] TABLES = {
    // Something else lies before the type on one side, so that its number differs there.
    "CREATE TYPE \"Mood's\" AS ENUM ('fröhlich', 'a,b', 'NULL')",
    "CREATE TYPE pair AS (a int, b text)",
    "CREATE DOMAIN positive AS int CHECK (value > 0)",
    "CREATE TABLE "
        + ODD
        + "(\"The Key\" int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, mood \"Mood's\","
        + " moods \"Mood's\"[], p pair, ps pair[], d positive, place regclass, n numeric, f float8,"
        + " f4 float4[], j jsonb, b bytea, t text, c char(5), ts timestamptz, i interval, r int4range,"
        + " u uuid, net inet, x xml, m money, bits varbit, tsv tsvector, nested int[][],"
        + " made text GENERATED ALWAYS AS (lower(t)) STORED)",
    "CREATE TABLE plain(id int PRIMARY KEY, f float8, n numeric, ts timestamp, day date, b bytea,"
        + " gone int, t text, made int GENERATED ALWAYS AS (id * 2) STORED, a text[], j json)",
    "ALTER TABLE plain DROP gone",
    "CREATE TABLE parted(id int, v text, PRIMARY KEY (id)) PARTITION BY RANGE (id)",
    "CREATE TABLE low PARTITION OF parted FOR VALUES FROM (0) TO (1000)",
    "CREATE TABLE high PARTITION OF parted FOR VALUES FROM (1000) TO (9000)",
    "CREATE TABLE parent(id int PRIMARY KEY)",
    "CREATE TABLE child(extra text, PRIMARY KEY (id)) INHERITS (parent)",
    "CREATE TABLE nothing()",
    "ALTER TABLE nothing REPLICA IDENTITY FULL",
    "CREATE TABLE tree(id int PRIMARY KEY, up int REFERENCES tree DEFERRABLE INITIALLY DEFERRED,"
        + " unique (up, id) DEFERRABLE)"
  };

  @TempDir Path folder;

  @Test
  @Tag("M-40")
  void everyKindOfTableAndValueArrivesAsItWas() throws Exception {
    Servers servers = new Servers(folder);
    try {
      Newsroom newsroom = new Newsroom(servers, "odd rows");
      newsroom.y.sql("CREATE TYPE other AS (z int)");
      newsroom.x.sql(TABLES);
      newsroom.y.sql(TABLES);
      newsroom.fill(10);
      fillOdd(newsroom.x);
      for (CopyPace pace : List.of(new CopyPace(3, 10_000), CopyPace.standard())) {
        newsroom.x.database.publish();
        newsroom.y.database.subscribe(newsroom.x.asMain(), 1);
        newsroom.y.database.copy(pace, _ -> {});
        assertThat(newsroom.y.database.initialSync().brokenOff()).isEmpty();
        assertThat(newsroom.y.database.initialSync().complete()).isTrue();
        newsroom.awaitConfirmed(newsroom.x);
        assertThat(rows(newsroom.y)).isEqualTo(rows(newsroom.x)).doesNotHaveDuplicates();
        assertThat(newsroom.y.database.counts()).isEqualTo(newsroom.x.database.counts());
        assertThat(
                newsroom.y.database.compare(
                    newsroom.x.asMain(), ComparisonPace.standard(), _ -> {}))
            .hasSizeGreaterThan(10)
            .allSatisfy(t -> assertThat(t.differing()).isZero());
      }
      newsroom.y.sql("DROP TABLE " + ODD); // it could be: nothing of the copy holds it
    } finally {
      servers.stop();
    }
  }

  private static void fillOdd(Newsroom.Side x) throws Exception {
    x.sql(
        "INSERT INTO "
            + ODD
            + "(mood, moods, p, ps, d, place, n, f, f4, j, b, t, c, ts, i, r, u, net, x, m, bits, tsv,"
            + " nested) SELECT 'fröhlich', ARRAY['a,b', 'NULL', NULL]::\"Mood's\"[], (k, E'\\t\\\\N')::pair,"
            + " ARRAY[(1, NULL)::pair], k, 'public.plain', 'NaN', 'Infinity', '{NaN,-0,1e-30}',"
            + " '{\"a\": [1, null, \"ü\"]}', '\\x00ff5c0a', E'line\\nTab\\t\\\\. ''\"' || k, 'ab', 'infinity',"
            + " '1 mon -3 days 04:05:06.789', '[1,9)', gen_random_uuid(), '::1/64', '<a>ä</a>', '12.34',"
            + " B'1011', 'a:1A b:2', '{{1,2},{3,4}}' FROM generate_series(1, 400) k",
        "INSERT INTO " + ODD + "(t) VALUES (NULL), (''), ('\\N'), ('\\.')",
        "INSERT INTO plain(id, f, n, ts, day, b, t, a, j) SELECT k, CASE k % 3 WHEN 0 THEN 'NaN' WHEN 1 THEN '-Infinity' ELSE 0.1"
            + " END::float8, CASE k % 3 WHEN 0 THEN '-Infinity' WHEN 1 THEN 'NaN' ELSE '1.50' END::numeric,"
            + " '-infinity', '4713-01-01 BC', decode(repeat('00ff', CASE k % 20 WHEN 7 THEN 50000 ELSE k * 5 END), 'hex'), repeat(chr(128512), k % 9),"
            + " ARRAY['', NULL, 'NULL', '\"'], '{\"b\":  1}' FROM generate_series(1, 600) k",
        "DELETE FROM plain WHERE id % 50 = 0",
        "INSERT INTO parted SELECT k, 'v' || k FROM generate_series(0, 2500) k",
        "INSERT INTO parent VALUES (1), (2)",
        "INSERT INTO child VALUES (2, 'of the child'), (3, NULL)",
        "INSERT INTO nothing DEFAULT VALUES",
        "INSERT INTO nothing DEFAULT VALUES",
        "INSERT INTO tree SELECT k, nullif(k % 300 + 1, 1) FROM generate_series(1, 300) k",
        "VACUUM ANALYZE");
  }

  private static List<String> rows(Newsroom.Side side) throws Exception {
    return side.list(
        "SELECT o::text FROM "
            + ODD
            + " o UNION ALL SELECT o::text FROM plain o UNION ALL SELECT o::text ||"
            + " tableoid::regclass FROM parted o UNION ALL SELECT 'p' || o::text ||"
            + " tableoid::regclass FROM parent o ORDER BY 1",
        row -> row.getString(1));
  }
}
