package org.gemel.bench.work;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.gemel.bench.figure.Section;
import org.gemel.bench.peer.Contestant;
import org.gemel.bench.peer.Follower;
import org.gemel.bench.peer.Followers;
import org.gemel.bench.peer.Network;
import org.gemel.bench.tree.ChangingTree;

/** Work D: changes followed in a tree of a million files, one by one and in a burst. */
final class FollowWork implements Work {
  private static final String DAEMON = "rsync daemon --delete";

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
    FollowTables tables = new FollowTables();
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

  private static void round(Course course, FollowTables tables, List<Turn> turns, int round)
      throws InterruptedException {
    List<Turn> order = new ArrayList<>(turns);
    order.removeIf(turn -> tables.isOut(turn.name()));
    Collections.rotate(order, -round);
    for (Turn turn : order) {
      try {
        FollowSession.Result result = turn.session().run();
        tables.add(turn.name(), result);
        course.findings().tell("D, round " + (round + 1) + ": " + turn.name() + " " + result);
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
}
