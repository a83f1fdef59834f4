package org.gemel.bench.work;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.gemel.bench.figure.Direction;
import org.gemel.bench.figure.Goal;
import org.gemel.bench.figure.Load;
import org.gemel.bench.figure.Section;
import org.gemel.bench.figure.Series;
import org.gemel.bench.figure.Unit;
import org.gemel.bench.peer.Contestant;
import org.gemel.bench.peer.LocalPeers;
import org.gemel.bench.process.Outcome;

/** Work C: a pass over a tree of which nothing has changed. */
final class NoChangeWork implements Work {
  private static final String INDEXED = "gemel mirror --index";
  private static final String BOTH_SIDES = "gemel mirror";
  private static final String FIND = "find, both trees";
  private static final String RSYNC = "rsync -a";

  @Override
  public String name() {
    return "C";
  }

  @Override
  public long bytesNeeded(Sizes sizes) {
    return 2L * sizes.million().files() * 5120;
  }

  @Override
  public List<Section> run(Course course) throws IOException, InterruptedException {
    Path from = course.million().from();
    Path to = course.million().to();
    Path index = Files.createTempDirectory(course.scratch(), "index");
    Contestant indexed = course.gemel().mirror(INDEXED, "--index", index.toString());
    List<Contestant> contestants =
        List.of(
            indexed,
            course.gemel().pass(),
            LocalPeers.find(),
            LocalPeers.rsync("-a"),
            LocalPeers.rclone(),
            LocalPeers.fpsync(course.scratch().resolve("fpsync")));
    if (indexed.takesPart()) {
      fillIndex(course, indexed, from, to);
    }
    course.timed().require(LocalPeers.find().commandLine().of(from, to));
    List<Series> series =
        new Rounds(course, name(), new Pass(from, to)).run(course.runs(), contestants);
    return List.of(
        new Section(
            name(),
            "a pass over "
                + course.sizes().million().files()
                + " files in "
                + course.sizes().million().folders()
                + " folders, nothing changed",
            Unit.SECONDS,
            Direction.COST,
            Load.files(course.sizes().million().files()),
            series,
            goals(),
            List.of()));
  }

  private static void fillIndex(Course course, Contestant indexed, Path from, Path to)
      throws IOException, InterruptedException {
    Outcome outcome = course.timed().run(indexed.commandLine().of(from, to));
    if (outcome.exit() != 0) {
      course.findings().failed("C", indexed.name(), true, outcome.complaint());
    }
  }

  private static List<Goal> goals() {
    return List.of(
        Goal.of(INDEXED, FIND, 0.5), Goal.of(INDEXED, RSYNC, 0.3), Goal.of(BOTH_SIDES, RSYNC, 0.8));
  }

  /** Everybody looks at the same two trees. */
  private record Pass(Path from, Path target) implements Trial {
    @Override
    public Path to(Contestant contestant) {
      return target;
    }

    @Override
    public boolean checksEach() {
      return false;
    }
  }
}
