package org.gemel.bench.work;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.gemel.bench.database.GemelPair;
import org.gemel.bench.database.MeasuredChange;
import org.gemel.bench.database.Programs;
import org.gemel.bench.database.Writer;
import org.gemel.bench.figure.Direction;
import org.gemel.bench.figure.Goal;
import org.gemel.bench.figure.Load;
import org.gemel.bench.figure.Sample;
import org.gemel.bench.figure.Section;
import org.gemel.bench.figure.Series;
import org.gemel.bench.figure.Unit;

/**
 * Work G: a whole change of roles, with the replication turned round, at three sizes of the
 * database. Nothing is copied, so it should not matter.
 */
final class ReverseWork implements Work {
  private static final int CHANGES = 4;
  private static final Duration STEADY = Duration.ofSeconds(1);

  @Override
  public String name() {
    return "G";
  }

  @Override
  public long bytesNeeded(Sizes sizes) {
    return (4L << 30) + 400L * sizes.reversedRows().getLast();
  }

  @Override
  public List<Section> run(Course course) throws IOException, InterruptedException {
    Optional<String> missing = Programs.missing();
    if (missing.isPresent()) {
      course.findings().tell("G: left out, " + missing.get());
      return List.of();
    }
    Path folder = course.open(name());
    List<Series> whole = new ArrayList<>();
    List<Series> gaps = new ArrayList<>();
    for (int rows : course.sizes().reversedRows()) {
      measure(course, folder.resolve("rows-" + rows), rows, whole, gaps);
    }
    course.trees().remove(folder);
    String smallest = words(course.sizes().reversedRows().getFirst());
    String largest = words(course.sizes().reversedRows().getLast());
    return List.of(
        section(
            "G",
            "a switch, replication turned round included, from order to proof",
            whole,
            largest,
            smallest),
        section("G gap", "client write gap in it, 200 writes/s", gaps, largest, smallest));
  }

  private static String words(int rows) {
    return String.format(Locale.ROOT, "gemel, %,d rows", rows);
  }

  private static void measure(
      Course course, Path folder, int rows, List<Series> whole, List<Series> gaps)
      throws IOException, InterruptedException {
    List<Sample> times = new ArrayList<>();
    List<Sample> without = new ArrayList<>();
    try (GemelPair pair =
        GemelPair.start(
            course.gemel().launcher(), folder, course.timed(), course.scratch(), rows)) {
      Writer writer = Writer.start(pair.clients(), SwitchWork.ROWS_A_SECOND);
      try {
        for (int i = 0; i < CHANGES; i++) {
          MeasuredChange change = MeasuredChange.of(pair, writer.acknowledged(), STEADY);
          times.add(Sample.of(change.seconds()));
          without.add(Sample.of(change.secondsWithoutWrite()));
          course
              .findings()
              .tell(
                  String.format(
                      Locale.ROOT,
                      "G, %,d rows: changed in %.3f s, no write for %.3f s",
                      rows,
                      change.seconds(),
                      change.secondsWithoutWrite()));
        }
      } finally {
        writer.close();
      }
      SwitchWork.judge(course, "G", pair, writer);
    }
    course.trees().remove(folder);
    whole.add(new Series(words(rows), true, times, ""));
    gaps.add(new Series(words(rows), true, without, ""));
  }

  private static Section section(
      String work, String title, List<Series> series, String largest, String smallest) {
    return new Section(
        work,
        title,
        Unit.SECONDS,
        Direction.COST,
        Load.NONE,
        series,
        List.of(Goal.of(largest, smallest, 1.25)),
        List.of(
            "The large table stands still and is not the one whose rows are counted: that one holds the client's rows only"));
  }
}
