package org.gemel.bench.database;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gemel.bench.process.Launch;
import org.gemel.bench.process.Timed;

/** PostgreSQL's own load: its bank, with a few clients. */
public final class Pgbench {
  private static final Pattern RATE = Pattern.compile("tps = ([0-9.]+) \\(without");
  private static final int CLIENTS = 4;
  private static final int ELAPSED = 2;

  private final Timed timed;
  private final Path scratch;

  public Pgbench(Timed timed, Path scratch) {
    this.timed = timed;
    this.scratch = scratch;
  }

  /** Makes its tables anew. Its history gets a key: without one no replication carries updates. */
  public void make(Access main, int scale, String client)
      throws IOException, InterruptedException, SQLException {
    run(main, "-i", "-q", "-I", "dtgvp", "-s", Integer.toString(scale));
    main.run(
        "ALTER TABLE pgbench_history ADD id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
        "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO " + client,
        "VACUUM ANALYZE");
  }

  /** Transactions a second, of clients that never rest. */
  public double fastest(Access client, Duration time) throws IOException, InterruptedException {
    String said = run(client, "-n", "-c", clients(), "-T", Long.toString(time.toSeconds()));
    Matcher rate = RATE.matcher(said);
    if (!rate.find()) {
      throw new IOException("found no rate in what pgbench said: " + said);
    }
    return Double.parseDouble(rate.group(1));
  }

  /** The seconds that each transaction took, of so many a second. */
  public List<Double> steady(Access client, Duration time, int aSecond)
      throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory(scratch, "pgbench");
    String prefix = folder.resolve("log").toString();
    String rate = Integer.toString(aSecond);
    String seconds = Long.toString(time.toSeconds());
    run(client, "-n", "-c", clients(), "-T", seconds, "-R", rate, "-l", "--log-prefix=" + prefix);
    List<Double> taken = new ArrayList<>();
    try (DirectoryStream<Path> logs = Files.newDirectoryStream(folder)) {
      for (Path log : logs) {
        for (String line : Files.readAllLines(log)) {
          taken.add(Long.parseLong(line.split(" ", -1)[ELAPSED]) / 1e6);
        }
      }
    }
    return taken;
  }

  private static String clients() {
    return Integer.toString(CLIENTS);
  }

  private String run(Access access, String... arguments) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(List.of(Programs.path("pgbench")));
    line.addAll(Arrays.asList(arguments));
    line.addAll(List.of("-h", "127.0.0.1", "-p", Integer.toString(access.port())));
    line.addAll(List.of("-U", access.user(), access.database()));
    return timed.require(Launch.of(line).with(Map.of("PGPASSWORD", access.password())));
  }
}
