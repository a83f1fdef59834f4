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
import org.gemel.bench.database.Access;
import org.gemel.bench.database.Assets;
import org.gemel.bench.database.Copier;
import org.gemel.bench.database.Dump;
import org.gemel.bench.database.GemelPair;
import org.gemel.bench.database.GemelStart;
import org.gemel.bench.database.PlainSubscription;
import org.gemel.bench.database.Programs;
import org.gemel.bench.database.Tables;
import org.gemel.bench.figure.Direction;
import org.gemel.bench.figure.Goal;
import org.gemel.bench.figure.Load;
import org.gemel.bench.figure.Sample;
import org.gemel.bench.figure.Section;
import org.gemel.bench.figure.Series;
import org.gemel.bench.figure.Unit;

/**
 * Work H: a database brought whole to a server where it has no tables. Between the same two servers
 * for all, in turns; while another has its turn Gemel's processes are held still.
 */
final class StartWork implements Work {
  @Override
  public String name() {
    return "H";
  }

  @Override
  public long bytesNeeded(Sizes sizes) {
    // Two servers' tables, and their logs; and one of them as it was before a physical copy.
    return (4L << 30) + 1_900L * sizes.startRows();
  }

  @Override
  public List<Section> run(Course course) throws IOException, InterruptedException {
    Optional<String> missing = Programs.missing();
    if (missing.isPresent()) {
      course.findings().tell("H: left out, " + missing.get());
      return List.of();
    }
    Path folder = course.open(name());
    Map<Copier, List<Sample>> samples = new LinkedHashMap<>();
    long megabytes;
    try (GemelPair pair =
        GemelPair.start(course.gemel().launcher(), folder, course.timed(), course.scratch(), 0)) {
      pair.rest();
      Access main = pair.administrator(0);
      Access backup = pair.administrator(1);
      pair.freshBackup();
      course.findings().tell("H: filling main ...");
      Assets.fill(main, course.sizes().startRows());
      megabytes = main.number("SELECT pg_total_relation_size('assets') >> 20");
      Map<String, String> wanted = Tables.sums(main);
      List<Copier> copiers =
          List.of(
              GemelStart.rows(pair, course.timed(), course.scratch()),
              GemelStart.physical(pair, course.timed(), course.scratch()),
              new PlainSubscription(main, backup, course.timed()),
              Dump.plain(main, backup, course.timed()),
              Dump.custom(main, backup, course.timed()));
      copiers.forEach(copier -> samples.put(copier, new ArrayList<>()));
      for (int round = 0; round < course.runs(); round++) {
        List<Copier> order = new ArrayList<>(copiers);
        Collections.rotate(order, -round);
        for (Copier copier : order) {
          Taken taken = measured(course, pair, copier, wanted);
          samples.computeIfAbsent(copier, c -> new ArrayList<>()).add(Sample.of(taken.seconds()));
          course
              .findings()
              .tell(
                  String.format(
                      Locale.ROOT,
                      "H, round %d: %s %.3f s%s",
                      round + 1,
                      copier.name(),
                      taken.seconds(),
                      taken.account()));
        }
      }
    } catch (SQLException e) {
      throw new IOException("a database could not be copied: " + e.getMessage(), e);
    }
    course.trees().remove(folder);
    return List.of(section(course.sizes(), megabytes, samples));
  }

  private record Taken(double seconds, String account) {}

  private static Taken measured(
      Course course, GemelPair pair, Copier copier, Map<String, String> wanted)
      throws IOException, InterruptedException, SQLException {
    Access main = pair.administrator(0);
    Access backup = pair.administrator(1);
    pair.freshBackup();
    copier.prepare();
    main.run("CHECKPOINT");
    backup.run("CHECKPOINT");
    course.caches().settle();
    long began = System.nanoTime();
    copier.copy();
    double seconds = (System.nanoTime() - began) / 1e9;
    Map<String, String> found = Tables.sums(backup);
    if (!found.equals(wanted)) {
      course
          .findings()
          .failed(
              "H",
              copier.name(),
              copier.gemel(),
              "its copy has the sums " + found + ", wanted " + wanted);
    }
    Taken taken = new Taken(seconds, copier.account());
    copier.takeDown();
    return taken;
  }

  private static Section section(Sizes sizes, long megabytes, Map<Copier, List<Sample>> samples) {
    List<Series> series = new ArrayList<>();
    List<String> peers = new ArrayList<>();
    samples.forEach(
        (copier, values) -> {
          series.add(new Series(copier.name(), copier.gemel(), values, ""));
          if (!copier.gemel()) {
            peers.add(copier.name());
          }
        });
    return new Section(
        "H",
        String.format(
            Locale.ROOT,
            "%,d rows, %d MB with indexes, to an empty database",
            sizes.startRows(),
            megabytes),
        Unit.SECONDS,
        Direction.COST,
        Load.bytes(megabytes * 1048576.0),
        series,
        List.of(new Goal(GemelStart.NAME, peers, 0.8)),
        List.of(
            "Gemel's time: from the command until it says done, definitions and checks included;"
                + " for CREATE SUBSCRIPTION the tables are made before, and not counted"));
  }
}
