package org.gemel.bench.work;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.gemel.bench.figure.Direction;
import org.gemel.bench.figure.Goal;
import org.gemel.bench.figure.Load;
import org.gemel.bench.figure.Sample;
import org.gemel.bench.figure.Section;
import org.gemel.bench.figure.Series;
import org.gemel.bench.figure.Unit;
import org.gemel.bench.peer.Contestant;
import org.gemel.bench.peer.LocalPeers;

/**
 * The most memory that a first pass and a pass without changes take, at a number of files and at
 * ten times as many. One round: memory does not depend on what else the machine does.
 */
final class MemoryWork implements Work {
  /** What is still called flat. */
  private static final double FLAT = 1.2;

  private static final List<String> GEMEL = List.of("gemel mirror", "gemel mirror --index");

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public long bytesNeeded(Sizes sizes) {
    return 5L * sizes.million().files() * 5120;
  }

  @Override
  public List<Section> run(Course course) throws IOException, InterruptedException {
    Path folder = course.open(name());
    int few = course.sizes().tenth().files();
    int many = course.sizes().million().files();
    Path tenth = folder.resolve("from");
    course.sizes().tenth().make(tenth);
    Passes atFew = passes(course, folder, tenth);
    Passes atMany = passes(course, folder, course.million().from());
    course.trees().remove(folder);
    return List.of(
        section("first pass", many, few, atMany.first(), atFew.first()),
        section("nothing changed", many, few, atMany.second(), atFew.second()));
  }

  /** What both passes took at one number of files. */
  private record Passes(List<Series> first, List<Series> second) {}

  private Passes passes(Course course, Path folder, Path from)
      throws IOException, InterruptedException {
    Path index = Files.createTempDirectory(course.scratch(), "index");
    List<Contestant> contestants =
        List.of(
            course.gemel().pass(),
            course.gemel().mirror(GEMEL.getLast(), "--index", index.toString()),
            LocalPeers.rsync("-a"));
    Map<Contestant, Path> targets = new HashMap<>();
    for (Contestant contestant : contestants) {
      Path target = folder.resolve("to" + targets.size());
      Files.createDirectory(target);
      targets.put(contestant, target);
    }
    Trial trial = new Pass(from, Map.copyOf(targets));
    List<Series> first = new Rounds(course, "memory, first pass", trial).run(1, contestants);
    List<Series> second = new Rounds(course, "memory, no change", trial).run(1, contestants);
    for (Path target : targets.values()) {
      course.trees().remove(target);
    }
    return new Passes(first, second);
  }

  /** What Gemel takes at few files is what it takes at many is held against. */
  private Section section(String pass, int many, int few, List<Series> atMany, List<Series> atFew) {
    List<Series> series = new ArrayList<>();
    atMany.forEach(s -> series.add(peak(s, many, s.gemel())));
    atFew.forEach(s -> series.add(peak(s, few, false)));
    List<Goal> goals =
        GEMEL.stream().map(gemel -> Goal.of(named(gemel, many), named(gemel, few), FLAT)).toList();
    return new Section(
        name() + ", " + pass,
        "peak resident memory of the largest process",
        Unit.BYTES,
        Direction.COST,
        Load.NONE,
        series,
        goals,
        List.of("wanted is flat, which is read as at most " + FLAT));
  }

  private static Series peak(Series series, int files, boolean gemel) {
    return new Series(
        named(series.contestant(), files),
        gemel,
        series.samples().stream().map(sample -> Sample.of(sample.peakBytes())).toList(),
        series.note());
  }

  private static String named(String contestant, int files) {
    return contestant + ", " + files;
  }

  /** Each has a target of its own, empty at first and equal from then on. */
  private record Pass(Path from, Map<Contestant, Path> targets) implements Trial {
    @Override
    public Path to(Contestant contestant) {
      return targets.getOrDefault(contestant, from);
    }
  }
}
