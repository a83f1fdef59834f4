package org.gemel.bench.work;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.gemel.bench.database.GemelPair;
import org.gemel.bench.database.MeasuredChange;
import org.gemel.bench.database.PatroniPair;
import org.gemel.bench.database.Programs;
import org.gemel.bench.database.SwitchedPair;
import org.gemel.bench.database.Writer;
import org.gemel.bench.figure.Direction;
import org.gemel.bench.figure.Goal;
import org.gemel.bench.figure.Load;
import org.gemel.bench.figure.Sample;
import org.gemel.bench.figure.Section;
import org.gemel.bench.figure.Series;
import org.gemel.bench.figure.Unit;

/**
 * Work F: how long a client that writes steadily cannot, when two databases change roles as
 * planned. Both pairs run all the time, with a client of the same kind; they change in turns, there
 * and back.
 */
final class SwitchWork implements Work {
  static final int ROWS_A_SECOND = 200;
  private static final Duration STEADY = Duration.ofMillis(1_500);
  private static final List<String> CONDITIONS =
      List.of(
          "Gemel's steps for people are ticked by the work itself: no person's time is in it",
          "Patroni stands on its own Raft, which its authors call deprecated: an etcd client is not in Debian's package of it, but apart (python3-etcd)");

  @Override
  public String name() {
    return "F";
  }

  @Override
  public long bytesNeeded(Sizes sizes) {
    return 3L << 30;
  }

  @Override
  public List<Section> run(Course course) throws IOException, InterruptedException {
    Optional<String> missing = Programs.missing();
    if (missing.isPresent()) {
      course.findings().tell("F: left out, " + missing.get());
      return List.of();
    }
    Path folder = course.open(name());
    Map<String, List<Double>> gaps = new LinkedHashMap<>();
    String patroniAbsent = PatroniPair.missing().orElse("");
    List<SwitchedPair> pairs = new ArrayList<>();
    List<Writer> writers = new ArrayList<>();
    try {
      int rows = course.sizes().standingRows();
      pairs.add(
          GemelPair.start(
              course.gemel().launcher(),
              folder.resolve("gemel"),
              course.timed(),
              course.scratch(),
              rows));
      if (patroniAbsent.isEmpty()) {
        pairs.add(
            PatroniPair.start(folder.resolve("patroni"), course.timed(), course.scratch(), rows));
      }
      for (SwitchedPair pair : pairs) {
        writers.add(Writer.start(pair.clients(), ROWS_A_SECOND));
      }
      for (int round = 0; round < course.sizes().switches(); round++) {
        for (int turn = 0; turn < pairs.size(); turn++) {
          int pair = (turn + round / 2) % pairs.size();
          change(course, round, pairs.get(pair), writers.get(pair), gaps);
        }
      }
      for (int i = 0; i < pairs.size(); i++) {
        writers.get(i).close();
        judge(course, name(), pairs.get(i), writers.get(i));
      }
    } finally {
      writers.forEach(Writer::close);
      pairs.forEach(SwitchedPair::close);
    }
    course.trees().remove(folder);
    return sections(gaps, patroniAbsent);
  }

  private static void change(
      Course course, int round, SwitchedPair pair, Writer writer, Map<String, List<Double>> gaps)
      throws IOException, InterruptedException {
    MeasuredChange change = MeasuredChange.of(pair, writer.acknowledged(), STEADY);
    gaps.computeIfAbsent(pair.name(), name -> new ArrayList<>()).add(change.secondsWithoutWrite());
    course
        .findings()
        .tell(
            String.format(
                Locale.ROOT,
                "F, switch %d: %s, no write for %.3f s (%.3f s in all)",
                round + 1,
                pair.name(),
                change.secondsWithoutWrite(),
                change.seconds()));
    if (!pair.account().isEmpty()) {
      Files.writeString(course.scratch().resolve("switch-" + round + ".txt"), pair.account());
    }
  }

  /** After the last change no acknowledged row may be missing, whoever changed the roles. */
  static void judge(Course course, String work, SwitchedPair pair, Writer writer)
      throws IOException {
    try {
      long lost = writer.acknowledged().missingIn(pair.main());
      String words =
          "after the last change %d of %d acknowledged rows are lost"
              .formatted(lost, writer.acknowledged().count());
      course.findings().tell(work + ": " + pair.name() + ", " + words);
      if (lost > 0) {
        course.findings().failed(work, pair.name(), pair instanceof GemelPair, words);
      }
    } catch (SQLException e) {
      throw new IOException("the rows of " + pair.name() + " cannot be read", e);
    }
  }

  private static List<Section> sections(Map<String, List<Double>> gaps, String patroniAbsent) {
    return List.of(
        section(
            "F", "client write gap of a planned switch, 200 writes/s", gaps, patroniAbsent, false),
        section("F worst", "the longest of these gaps", gaps, patroniAbsent, true));
  }

  private static Section section(
      String work,
      String title,
      Map<String, List<Double>> gaps,
      String patroniAbsent,
      boolean worst) {
    List<Series> series = new ArrayList<>();
    for (String name : List.of(GemelPair.NAME, PatroniPair.NAME)) {
      List<Double> values = gaps.getOrDefault(name, List.of());
      List<Double> shown = worst ? values.stream().max(Double::compare).stream().toList() : values;
      series.add(
          shown.isEmpty()
              ? Series.absent(name, name.equals(GemelPair.NAME), patroniAbsent)
              : new Series(
                  name, name.equals(GemelPair.NAME), shown.stream().map(Sample::of).toList(), ""));
    }
    return new Section(
        work,
        title,
        Unit.SECONDS,
        Direction.COST,
        Load.NONE,
        series,
        List.of(Goal.of(GemelPair.NAME, PatroniPair.NAME, 1.0)),
        worst ? List.of() : CONDITIONS);
  }
}
