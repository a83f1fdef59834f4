package org.gemel.bench.work;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.gemel.bench.database.Access;
import org.gemel.bench.database.Alone;
import org.gemel.bench.database.Copier;
import org.gemel.bench.database.GemelPair;
import org.gemel.bench.database.GemelStart;
import org.gemel.bench.database.Pgbench;
import org.gemel.bench.database.PlainSubscription;
import org.gemel.bench.database.Programs;
import org.gemel.bench.figure.Direction;
import org.gemel.bench.figure.Load;
import org.gemel.bench.figure.Sample;
import org.gemel.bench.figure.Section;
import org.gemel.bench.figure.Series;
import org.gemel.bench.figure.Statistics;
import org.gemel.bench.figure.Unit;
import org.gemel.bench.work.SteadyTurn.Figures;

/**
 * Work I: what a replication that runs costs clients of main, and how far behind the backup is.
 * Gemel's replication is PostgreSQL's own, so what it costs beside a plain subscription is what its
 * looks, its canary and its settings cost.
 */
final class SteadyWork implements Work {
  private static final double THOUSAND = 1_000;

  @Override
  public String name() {
    return "I";
  }

  @Override
  public long bytesNeeded(Sizes sizes) {
    return 8L << 30;
  }

  @Override
  public List<Section> run(Course course) throws IOException, InterruptedException {
    Optional<String> missing = Programs.missing();
    if (missing.isPresent()) {
      course.findings().tell("I: left out, " + missing.get());
      return List.of();
    }
    Path folder = course.open(name());
    Map<Copier, List<Figures>> figures = new LinkedHashMap<>();
    try (GemelPair pair =
        GemelPair.start(course.gemel().launcher(), folder, course.timed(), course.scratch(), 0)) {
      pair.rest();
      Pgbench pgbench = new Pgbench(course.timed(), course.scratch());
      SteadyTurn turn = new SteadyTurn(course, pair, pgbench);
      Access main = pair.administrator(0);
      List<Copier> copiers =
          List.of(
              GemelStart.rows(pair, course.timed(), course.scratch()),
              new Alone(),
              new PlainSubscription(main, pair.administrator(1), course.timed()));
      copiers.forEach(copier -> figures.put(copier, new ArrayList<>()));
      for (int round = 0; round < course.runs(); round++) {
        List<Copier> order = new ArrayList<>(copiers);
        Collections.rotate(order, -round);
        for (Copier copier : order) {
          Figures found = turn.of(copier);
          figures.computeIfAbsent(copier, c -> new ArrayList<>()).add(found);
          course.findings().tell(words(round, copier, found));
        }
      }
    } catch (SQLException e) {
      throw new IOException("a database could not be loaded: " + e.getMessage(), e);
    }
    course.trees().remove(folder);
    return sections(figures);
  }

  private static String words(int round, Copier copier, Figures found) {
    String lag =
        found.delays().isEmpty()
            ? ""
            : String.format(
                Locale.ROOT,
                ", seen on the backup after %.1f ms, p99 %.1f",
                THOUSAND * Statistics.median(found.delays()),
                THOUSAND * Statistics.percentile(found.delays(), 0.99));
    return String.format(
        Locale.ROOT,
        "I, round %d: %s, %.0f transactions/s; at %d a second one takes %.2f ms%s",
        round + 1,
        copier.name(),
        found.fastest(),
        SteadyTurn.A_SECOND,
        THOUSAND * Statistics.median(found.taken()),
        lag);
  }

  private static List<Section> sections(Map<Copier, List<Figures>> figures) {
    String steady = " at " + SteadyTurn.A_SECOND + " transactions/s";
    return List.of(
        section(
            "I load",
            "1,000 transactions of pgbench, 4 clients that never rest",
            figures,
            found -> THOUSAND / found.fastest(),
            Load.transactions(THOUSAND),
            List.of(
                "Both servers, clients and Gemel share this machine's cores: the backup's applying is in these times")),
        section(
            "I latency",
            "a transaction" + steady + ", median",
            figures,
            found -> Statistics.median(found.taken()),
            Load.NONE,
            List.of()),
        section(
            "I latency p99",
            "a transaction" + steady + ", 99th percentile",
            figures,
            found -> Statistics.percentile(found.taken(), 0.99),
            Load.NONE,
            List.of()),
        section(
            "I lag",
            "from a row's commit on main until it is read on the backup," + steady + ", median",
            figures,
            found -> Statistics.median(found.delays()),
            Load.NONE,
            List.of(
                "Gemel's backup flushes each transaction, so that main knows what is safe there; a plain subscription does not")),
        section(
            "I lag p99",
            "the same, 99th percentile",
            figures,
            found -> Statistics.percentile(found.delays(), 0.99),
            Load.NONE,
            List.of()));
  }

  private static Section section(
      String work,
      String title,
      Map<Copier, List<Figures>> figures,
      ToDoubleFunction<Figures> value,
      Load load,
      List<String> notes) {
    List<Series> series = new ArrayList<>();
    figures.forEach(
        (copier, found) -> {
          List<Sample> samples =
              found.stream()
                  .mapToDouble(value)
                  .filter(Double::isFinite)
                  .mapToObj(Sample::of)
                  .toList();
          if (!samples.isEmpty()) {
            series.add(new Series(copier.name(), copier.gemel(), samples, ""));
          }
        });
    return new Section(work, title, Unit.SECONDS, Direction.COST, load, series, List.of(), notes);
  }
}
