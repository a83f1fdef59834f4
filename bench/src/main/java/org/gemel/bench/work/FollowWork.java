package org.gemel.bench.work;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.gemel.bench.figure.Direction;
import org.gemel.bench.figure.Goal;
import org.gemel.bench.figure.Load;
import org.gemel.bench.figure.Sample;
import org.gemel.bench.figure.Section;
import org.gemel.bench.figure.Unit;
import org.gemel.bench.peer.Contestant;
import org.gemel.bench.peer.Follower;
import org.gemel.bench.peer.Followers;
import org.gemel.bench.peer.Network;
import org.gemel.bench.tree.ChangingTree;

/** Work D: changes followed in a tree of a million files, one by one and in a burst. */
final class FollowWork implements Work {
  private static final String DAEMON = "rsync daemon --delete";
  private static final String WRITTEN = "what was written";
  private static final List<String> LSYNCD = List.of(Followers.LSYNCD, Followers.LSYNCD_DIRECT);

  @Override
  public String name() {
    return "D";
  }

  @Override
  public long bytesNeeded(Sizes sizes) {
    return 2L * sizes.million().files() * 5120;
  }

  @Override
  public List<Section> run(Course course) throws IOException, InterruptedException {
    Path from = course.million().from();
    Path to = course.million().to();
    ChangingTree tree = new ChangingTree(from, course.million().shape());
    FollowSession session = new FollowSession(course, tree, from, to);
    Tables tables = new Tables();
    try (Network network =
        new Network(course.gemel(), course.million().folder(), course.scratch(), course.timed())) {
      List<Turn> turns = new ArrayList<>();
      for (Follower follower :
          new Followers(
                  course.scratch(),
                  course.million().shape().folders() + course.million().shape().tops())
              .all(course.gemel())) {
        tables.enter(follower.name(), follower.gemel(), follower.absent(), true);
        turns.add(new Turn(follower.name(), follower.gemel(), () -> session.follow(follower)));
      }
      for (Contestant pass :
          List.of(course.gemel().pass(), network.rsync(DAEMON, "-a", "--delete", "--stats"))) {
        tables.enter(pass.name(), pass.gemel(), pass.absent(), false);
        turns.add(new Turn(pass.name(), pass.gemel(), () -> session.pass(pass)));
      }
      for (int round = 0; round < course.runs(); round++) {
        round(course, tables, turns, round);
      }
    }
    return tables.sections(course.sizes());
  }

  private static void round(Course course, Tables tables, List<Turn> turns, int round)
      throws InterruptedException {
    List<Turn> order = new ArrayList<>(turns);
    order.removeIf(turn -> tables.burst.isOut(turn.name()));
    Collections.rotate(order, -round);
    for (Turn turn : order) {
      try {
        FollowSession.Result result = turn.session().run();
        tables.add(turn, result);
        course
            .findings()
            .tell(
                String.format(
                    Locale.ROOT,
                    "D, round %d: %s p50 %.4f s, burst %.3f s",
                    round + 1,
                    turn.name(),
                    result.p50(),
                    result.burst().value()));
      } catch (IOException e) {
        String why = String.valueOf(e.getMessage());
        tables.leave(turn.name(), why);
        course.findings().failed("D", turn.name(), turn.gemel(), why);
      }
    }
  }

  /** A contestant and what it does when it is its turn. */
  private record Turn(String name, boolean gemel, TurnSession session) {}

  private interface TurnSession {
    FollowSession.Result run() throws IOException, InterruptedException;
  }

  /** What becomes of the results. */
  private static final class Tables {
    private final FollowFigures p50 = new FollowFigures();
    private final FollowFigures p99 = new FollowFigures();
    private final FollowFigures burst = new FollowFigures();
    private final FollowFigures moved = new FollowFigures();
    private final List<String> burstPeers = new ArrayList<>();

    void enter(String name, boolean gemel, String absent, boolean follows) {
      burst.enter(name, gemel, absent);
      if (follows) {
        p50.enter(name, gemel, absent);
        p99.enter(name, gemel, absent);
      }
      if (!gemel) {
        burstPeers.add(name);
      }
    }

    void leave(String name, String why) {
      burst.leave(name, why);
      p50.leave(name, why);
      p99.leave(name, why);
    }

    void add(Turn turn, FollowSession.Result result) {
      burst.add(turn.name(), result.burst());
      if (!Double.isNaN(result.p50())) {
        p50.add(turn.name(), Sample.of(result.p50()));
        p99.add(turn.name(), Sample.of(result.p99()));
      }
      if (turn.name().equals(Followers.GEMEL) && result.moved().isPresent()) {
        moved.add(Followers.GEMEL, Sample.of(result.moved().getAsDouble()));
        moved.add(WRITTEN, Sample.of(result.written()));
      }
    }

    List<Section> sections(Sizes sizes) {
      String one = "one file of " + sizes.million().files() + " changed, until it is seen: ";
      String all =
          sizes.burst()
              + " changes, a folder of "
              + sizes.million().foldersEach() * 100
              + " files renamed, "
              + sizes.burst()
              + " deletes, until all are seen";
      return List.of(
          section(" p50", one + "median of " + sizes.latencies(), p50, 0.2),
          section(" p99", one + "99th percentile of " + sizes.latencies(), p99, 0.5),
          table(
              " burst",
              all,
              Unit.SECONDS,
              burst,
              List.of(new Goal(Followers.GEMEL, burstPeers, 0.05))),
          table(
              " moved",
              "content moved for all changes of a session",
              Unit.BYTES,
              moved,
              List.of(Goal.of(Followers.GEMEL, WRITTEN, 1.2))));
    }

    private static Section section(
        String part, String title, FollowFigures figures, double wanted) {
      return table(
          part, title, Unit.SECONDS, figures, List.of(new Goal(Followers.GEMEL, LSYNCD, wanted)));
    }

    private static Section table(
        String part, String title, Unit unit, FollowFigures figures, List<Goal> goals) {
      return new Section(
          "D" + part, title, unit, Direction.COST, Load.NONE, figures.series(), goals, List.of());
    }
  }
}
