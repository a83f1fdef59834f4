package org.gemel.database;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gemel.postgres.PostgresBinaries;
import org.gemel.postgres.PostgresServer;
import org.gemel.postgres.PostgresSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long a start takes beside what else copies a database, all in one run, turn by turn: medians
 * of 3, and what part of the fastest peer's time ours is. Run by hand: {@code mvn test -pl database
 * -am -Dtest=CopyFiguresByHand}, which needs PostgreSQL 15 with its tools, or a smaller one with
 * {@code -Dgemel.rows=500000}.
 */
final class CopyFiguresByHand {
  private static final Path PROGRAMS = Path.of("/usr/lib/postgresql/15");
  private static final int ROUNDS = 3;
  private static final int ROWS = Integer.getInteger("gemel.rows", 5_000_000);
  private static final String PAIR = "Newsroom figures";

  @TempDir static Path folder;

  private interface Start {
    void perform(Newsroom newsroom) throws Exception;
  }

  @Test
  void aStartBesideItsPeers() throws Exception {
    assumeTrue(
        Files.isExecutable(PROGRAMS.resolve("bin/pg_dump"))
            && Files.isExecutable(PROGRAMS.resolve("bin/initdb")),
        "PostgreSQL 15 is not installed in " + PROGRAMS);
    PostgresSettings settings =
        PostgresSettings.standard().without("max_active_replication_origins");
    Servers servers = new Servers(folder, PostgresBinaries.installed(PROGRAMS), settings);
    try {
      Newsroom newsroom = new Newsroom(servers, "figures");
      fill(newsroom);
      Map<String, Start> starts = new LinkedHashMap<>();
      starts.put("CREATE SUBSCRIPTION", CopyFiguresByHand::subscription);
      starts.put("pg_dump | psql", n -> dump(n, "", "psql -qAtX -o /dev/null"));
      starts.put("pg_dump -Fc -Z0 | pg_restore", n -> dump(n, "-Fc -Z0", "pg_restore"));
      starts.put("Gemel", CopyFiguresByHand::gemel);
      Map<String, List<Long>> times = new LinkedHashMap<>();
      for (int round = 0; round < ROUNDS; round++) {
        for (Map.Entry<String, Start> start : starts.entrySet()) {
          empty(newsroom);
          long begun = System.nanoTime();
          start.getValue().perform(newsroom);
          long took = (System.nanoTime() - begun) / 1_000_000;
          times.computeIfAbsent(start.getKey(), _ -> new ArrayList<>()).add(took);
        }
      }
      report(times);
    } finally {
      servers.stop();
    }
  }

  static void fill(Newsroom newsroom) throws Exception {
    newsroom.fill(10);
    String more = "ALTER TABLE assets ADD path text, ADD size bigint, ADD changed timestamptz";
    String index = "CREATE INDEX assets_project ON assets(project)";
    newsroom.y.sql(more, index);
    newsroom.x.sql(more, index);
    int portion = 250_000; // a connection of a test waits no longer than a minute
    for (int from = 1; from <= ROWS; from += portion) {
      newsroom.x.sql(
          "INSERT INTO assets(project, title, path, size, changed) SELECT n % 10 + 1, 'title ' || n,"
              + " '/media/projects/' || md5(n::text) || '/' || md5((n + 1)::text) || '.mxf',"
              + " n * 1000::bigint, timestamptz '2026-01-01' + n * interval '1 s'"
              + " FROM generate_series("
              + from
              + ", "
              + Math.min(ROWS, from + portion - 1)
              + ") n");
    }
    newsroom.x.sql("VACUUM ANALYZE");
    System.out.println(
        "FIGURE "
            + ROWS
            + " rows, "
            + newsroom.x.number("SELECT pg_total_relation_size('assets') >> 20")
            + " MB");
  }

  static void empty(Newsroom newsroom) throws Exception {
    newsroom.y.database.unsubscribe();
    newsroom.x.database.unpublish();
    newsroom.y.sql("TRUNCATE " + String.join(", ", Newsroom.TABLES), "CHECKPOINT");
    newsroom.x.sql("CHECKPOINT");
    newsroom.x.database.publish();
  }

  static void gemel(Newsroom newsroom) throws Exception {
    newsroom.y.database.subscribe(newsroom.x.asMain(), 1);
    newsroom.y.database.copy(CopyPace.standard(), _ -> {});
    Newsroom.await("the copy", () -> newsroom.y.database.initialSync().complete());
  }

  private static void subscription(Newsroom newsroom) throws Exception {
    String name = Names.of(PAIR);
    newsroom.y.sql(
        "CREATE SUBSCRIPTION "
            + name
            + " CONNECTION "
            + Sql.literal(ConnectionString.of(newsroom.x.asMain()))
            + " PUBLICATION "
            + name);
    while (newsroom.y.number("SELECT count(*) FROM pg_subscription_rel WHERE srsubstate <> 'r'")
        > 0) {
      Thread.sleep(50); // between two looks
    }
  }

  private static void dump(Newsroom newsroom, String options, String into) throws Exception {
    newsroom.y.sql(
        "DROP SCHEMA public CASCADE", "DROP SCHEMA \"Odd Names\" CASCADE", "CREATE SCHEMA public");
    ProcessBuilder process =
        new ProcessBuilder(
            "bash",
            "-c",
            "set -o pipefail; pg_dump --no-publications --no-subscriptions -N gemel "
                + options
                + " -h 127.0.0.1 -U "
                + PostgresServer.ADMINISTRATOR
                + " -p "
                + newsroom.x.node.server.port()
                + " figures | "
                + into
                + " -h 127.0.0.1 -U "
                + PostgresServer.ADMINISTRATOR
                + " -p "
                + newsroom.y.node.server.port()
                + " -d figures");
    process.environment().put("PGPASSWORD", Servers.PASSWORD);
    process.environment().put("PATH", PROGRAMS.resolve("bin") + ":" + System.getenv("PATH"));
    process.redirectErrorStream(true).redirectOutput(folder.resolve("dump.log").toFile());
    if (process.start().waitFor() != 0) {
      System.out.println(Files.readString(folder.resolve("dump.log")));
    }
  }

  private static void report(Map<String, List<Long>> times) {
    long fastestPeer = Long.MAX_VALUE;
    for (Map.Entry<String, List<Long>> time : times.entrySet()) {
      List<Long> sorted = time.getValue().stream().sorted().toList();
      long median = sorted.get(ROUNDS / 2);
      System.out.println("FIGURE " + time.getKey() + ": " + median + " ms of " + sorted);
      if (time.getKey().equals("Gemel")) {
        System.out.printf("FIGURE Gemel / fastest peer: %.2f%n", (double) median / fastestPeer);
      } else {
        fastestPeer = Math.min(fastestPeer, median);
      }
    }
  }
}
