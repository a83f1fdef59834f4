package org.gemel.bench.work;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.gemel.bench.database.Access;
import org.gemel.bench.database.Copier;
import org.gemel.bench.database.GemelPair;
import org.gemel.bench.database.Pgbench;
import org.gemel.bench.database.Stamped;
import org.gemel.bench.database.Tables;

/**
 * One turn of one contestant in work I. Each begins with tables made anew, so nobody inherits what
 * another's load left.
 */
record SteadyTurn(Course course, GemelPair pair, Pgbench pgbench) {
  /** Well below what the slowest contestant can on a small machine. */
  static final int A_SECOND = 200;

  private static final Duration WARM = Duration.ofSeconds(2);
  private static final Duration LONGEST = Duration.ofMinutes(2);

  /**
   * What was measured.
   *
   * @param fastest transactions a second of clients that never rest
   * @param taken seconds of each transaction of the steady load
   * @param delays seconds until each stamped row could be read on the backup; none without one
   */
  record Figures(double fastest, List<Double> taken, List<Double> delays) {}

  Figures of(Copier copier) throws IOException, InterruptedException, SQLException {
    Access main = pair.administrator(0);
    Access backup = pair.administrator(1);
    Access client = pair.client(0);
    Duration time = course.sizes().steady();
    pair.freshBackup();
    pgbench.make(main, course.sizes().steadyScale(), client.user());
    Stamped.make(main, client.user());
    copier.prepare();
    copier.copy();
    settle(main, backup);
    pgbench.fastest(client, WARM);
    double fastest = pgbench.fastest(client, time);
    if (copier.follows()) {
      awaitAll(main, backup);
    }
    settle(main, backup);
    try (Stamped stamped = Stamped.start(client, copier.follows() ? backup : null)) {
      List<Double> taken = pgbench.steady(client, time, A_SECOND);
      List<Double> delays = stamped.delays(LONGEST);
      if (copier.follows()) {
        judge(copier, Tables.sums(main), awaitAll(main, backup));
      }
      copier.takeDown();
      return new Figures(fastest, taken, delays);
    }
  }

  private void settle(Access main, Access backup)
      throws SQLException, IOException, InterruptedException {
    main.run("CHECKPOINT");
    backup.run("CHECKPOINT");
    course.caches().settle();
  }

  /** Until the backup has as many of the load's rows as main: it writes one a transaction. */
  private static Map<String, String> awaitAll(Access main, Access backup)
      throws SQLException, IOException, InterruptedException {
    String rows = "SELECT count(*) FROM pgbench_history";
    long wanted = main.number(rows);
    long began = System.nanoTime();
    while (backup.number(rows) < wanted) {
      if (System.nanoTime() - began > LONGEST.toNanos()) {
        throw new IOException("found the backup without all rows after two minutes, wanted them");
      }
      Thread.sleep(50);
    }
    return Tables.sums(backup);
  }

  private void judge(Copier copier, Map<String, String> wanted, Map<String, String> found) {
    if (!found.equals(wanted)) {
      course
          .findings()
          .failed(
              "I",
              copier.name(),
              copier.gemel(),
              "the backup has the sums " + found + ", wanted " + wanted);
    }
  }
}
