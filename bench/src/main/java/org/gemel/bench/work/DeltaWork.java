package org.gemel.bench.work;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.gemel.bench.figure.Direction;
import org.gemel.bench.figure.Goal;
import org.gemel.bench.figure.Load;
import org.gemel.bench.figure.Sample;
import org.gemel.bench.figure.Section;
import org.gemel.bench.figure.Series;
import org.gemel.bench.figure.Unit;
import org.gemel.bench.peer.Contestant;
import org.gemel.bench.peer.LocalPeers;
import org.gemel.bench.peer.Network;
import org.gemel.bench.tree.LargeFiles;

/** Work E: one very large file, first changed in places, then grown. */
final class DeltaWork implements Work {
  private static final String IN_PLACE = "gemel mirror --in-place";
  private static final String AGENTS = "gemel agents, plain";
  private static final String DAEMON = "rsync daemon";
  private static final String DAEMON_IN_PLACE = "rsync daemon --inplace";
  private static final String APPEND = "rsync -a --append";
  private static final String CHANGED = "what was changed";
  private static final String FILE = "clip0.mxf";

  @Override
  public String name() {
    return "E";
  }

  @Override
  public long bytesNeeded(Sizes sizes) {
    return 9 * sizes.bigBytes();
  }

  @Override
  public List<Section> run(Course course) throws IOException, InterruptedException {
    Path folder = course.open(name());
    Path from = folder.resolve("from");
    LargeFiles.make(from, 1, course.sizes().bigBytes());
    List<Section> sections = new ArrayList<>(changed(course, folder, from));
    sections.add(appended(course, folder, from));
    course.trees().remove(folder);
    return sections;
  }

  private List<Section> changed(Course course, Path folder, Path from)
      throws IOException, InterruptedException {
    Sizes sizes = course.sizes();
    Path file = from.resolve(FILE);
    try (Network network = new Network(course.gemel(), folder, course.scratch(), course.timed())) {
      List<Contestant> contestants = new ArrayList<>(gemel(course, network));
      contestants.add(network.rsync(DAEMON_IN_PLACE, "-a", "--inplace", "--stats"));
      contestants.add(network.rsync(DAEMON, "-a", "--stats"));
      contestants.add(LocalPeers.rclone());
      DeltaTrial trial =
          DeltaTrial.prepared(
              course,
              from,
              folder.resolve("changed"),
              contestants,
              round ->
                  LargeFiles.change(file, Sizes.CHANGED_PIECES, sizes.pieceBytes(), 1000L + round));
      List<Series> series = new Rounds(course, "E changed", trial).run(course.runs(), contestants);
      List<Series> moved = new ArrayList<>(trial.moved(contestants));
      double wrote = (double) Sizes.CHANGED_PIECES * sizes.pieceBytes();
      List<Sample> same = new ArrayList<>();
      for (int round = 0; round < course.runs(); round++) {
        same.add(Sample.of(wrote));
      }
      moved.add(new Series(CHANGED, false, same, ""));
      course.trees().remove(folder.resolve("changed"));
      List<String> peers = List.of(DAEMON_IN_PLACE, DAEMON, "rclone sync");
      return List.of(
          section(
              " changed",
              mebibytes(sizes.bigBytes())
                  + " with "
                  + Sizes.CHANGED_PIECES
                  + " x "
                  + mebibytes(sizes.pieceBytes())
                  + " changed",
              Unit.SECONDS,
              series,
              List.of(new Goal(IN_PLACE, peers, 0.5), new Goal(AGENTS, peers, 0.5))),
          section(
              " moved",
              "content sent for that, as the programs tell it",
              Unit.BYTES,
              moved,
              List.of(Goal.of(IN_PLACE, CHANGED, 1.2), Goal.of(AGENTS, CHANGED, 1.2))));
    }
  }

  private Section appended(Course course, Path folder, Path from)
      throws IOException, InterruptedException {
    Sizes sizes = course.sizes();
    Path file = from.resolve(FILE);
    try (Network network = new Network(course.gemel(), folder, course.scratch(), course.timed())) {
      List<Contestant> contestants = new ArrayList<>(gemel(course, network));
      contestants.add(LocalPeers.rsync("-a", "--append"));
      contestants.add(network.rsync(DAEMON, "-a"));
      DeltaTrial trial =
          DeltaTrial.prepared(
              course,
              from,
              folder.resolve("appended"),
              contestants,
              round -> LargeFiles.append(file, sizes.appendedBytes(), 2000L + round));
      return section(
          " appended",
          mebibytes(sizes.bigBytes()) + " with " + mebibytes(sizes.appendedBytes()) + " appended",
          Unit.SECONDS,
          new Rounds(course, "E appended", trial).run(course.runs(), contestants),
          List.of(Goal.of(IN_PLACE, APPEND, 1.5), Goal.of(AGENTS, APPEND, 1.5)));
    }
  }

  /** Those with an index have one each: it belongs to their own target. */
  private static List<Contestant> gemel(Course course, Network network)
      throws IOException, InterruptedException {
    return List.of(
        course.gemel().mirror(IN_PLACE, "--in-place", "--index", index(course)),
        network.agents(AGENTS, true, true),
        course.gemel().pass());
  }

  private static String index(Course course) throws IOException {
    return Files.createTempDirectory(course.scratch(), "index").toString();
  }

  private Section section(
      String part, String title, Unit unit, List<Series> series, List<Goal> goals) {
    return new Section(
        name() + part, title, unit, Direction.COST, Load.NONE, series, goals, List.of());
  }

  private static String mebibytes(long bytes) {
    return String.format(Locale.ROOT, "%.3g MiB", bytes / 1048576.0);
  }
}
