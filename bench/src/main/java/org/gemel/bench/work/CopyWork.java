package org.gemel.bench.work;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.gemel.bench.figure.Direction;
import org.gemel.bench.figure.Goal;
import org.gemel.bench.figure.Load;
import org.gemel.bench.figure.Section;
import org.gemel.bench.figure.Series;
import org.gemel.bench.figure.Unit;
import org.gemel.bench.peer.Contestant;
import org.gemel.bench.peer.LocalPeers;
import org.gemel.bench.peer.Network;
import org.gemel.bench.tree.LargeFiles;

/** Works A and B: a tree copied for the first time, within the machine and over its loopback. */
final class CopyWork implements Work {
  private final boolean large;

  private CopyWork(boolean large) {
    this.large = large;
  }

  static CopyWork large() {
    return new CopyWork(true);
  }

  static CopyWork small() {
    return new CopyWork(false);
  }

  @Override
  public String name() {
    return large ? "A" : "B";
  }

  @Override
  public long bytesNeeded(Sizes sizes) {
    return large
        ? 2 * Sizes.LARGE_FILES * sizes.largeBytes()
        : 3L * sizes.small().files() * sizes.small().bytesEach();
  }

  @Override
  public List<Section> run(Course course) throws IOException, InterruptedException {
    Path folder = course.open(name());
    Path from = folder.resolve("from");
    make(course.sizes(), from);
    Trial trial = new CopyTrial(course, from, folder.resolve("to"), large);
    List<Section> sections = new ArrayList<>();
    sections.add(
        section(
            course,
            " local",
            localGoals(),
            new Rounds(course, name() + " local", trial).run(course.runs(), local(course))));
    try (Network network = new Network(course.gemel(), folder, course.scratch(), course.timed())) {
      sections.add(
          section(
              course,
              " loopback",
              networkGoals(),
              new Rounds(course, name() + " loopback", trial).run(course.runs(), network.all())));
    }
    course.trees().remove(folder);
    return sections;
  }

  private void make(Sizes sizes, Path from) throws IOException, InterruptedException {
    if (large) {
      LargeFiles.make(from, Sizes.LARGE_FILES, sizes.largeBytes());
    } else {
      sizes.small().make(from);
    }
  }

  private static List<Contestant> local(Course course) {
    return List.of(
        course.gemel().pass(),
        LocalPeers.copy(),
        LocalPeers.copyAndSync(),
        LocalPeers.rsync("-a"),
        LocalPeers.rclone());
  }

  private Section section(Course course, String where, List<Goal> goals, List<Series> series) {
    Sizes sizes = course.sizes();
    String what =
        large
            ? String.format(
                Locale.ROOT,
                "%d files of %.1f MiB",
                Sizes.LARGE_FILES,
                sizes.largeBytes() / 1048576.0)
            : sizes.small().files() + " files of 4 KiB";
    Load load =
        large
            ? Load.bytes((double) Sizes.LARGE_FILES * sizes.largeBytes())
            : Load.files(sizes.small().files());
    return new Section(
        name() + where,
        what + " into an empty tree",
        Unit.SECONDS,
        Direction.SPEED,
        load,
        series,
        goals,
        List.of());
  }

  private List<Goal> localGoals() {
    return List.of(
        Goal.of("gemel mirror", "cp -a", 1.0),
        Goal.of("gemel mirror", "rsync -a", large ? 2.2 : 3));
  }

  private List<Goal> networkGoals() {
    return large
        ? List.of(
            new Goal(Network.PLAIN, List.of(Network.RSYNC, Network.LFTP, Network.RCLONE), 1.2),
            Goal.of(Network.TLS, Network.RSYNC, 1.5))
        : List.of(Goal.of(Network.PLAIN, Network.RSYNC, 2), Goal.of(Network.TLS, Network.RSYNC, 2));
  }
}
