package org.gemel.bench.work;

import java.util.ArrayList;
import java.util.List;
import org.gemel.bench.figure.Direction;
import org.gemel.bench.figure.Goal;
import org.gemel.bench.figure.Load;
import org.gemel.bench.figure.Sample;
import org.gemel.bench.figure.Section;
import org.gemel.bench.figure.Unit;
import org.gemel.bench.peer.Followers;
import org.gemel.bench.tree.ManyFiles;

/** The tables of work D, filled turn by turn. */
final class FollowTables {
  private static final String WRITTEN = "what was written";
  private static final List<String> LSYNCD = List.of(Followers.LSYNCD, Followers.LSYNCD_DIRECT);

  private final FollowFigures p50 = new FollowFigures();
  private final FollowFigures p99 = new FollowFigures();
  private final FollowFigures burst = new FollowFigures();
  private final FollowFigures moved = new FollowFigures();
  private final List<String> burstPeers = new ArrayList<>();

  FollowTables() {
    moved.enter(Followers.GEMEL, true, "");
    moved.enter(WRITTEN, false, "");
  }

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

  boolean isOut(String name) {
    return burst.isOut(name);
  }

  void leave(String name, String why) {
    burst.leave(name, why);
    p50.leave(name, why);
    p99.leave(name, why);
  }

  void add(String name, FollowSession.Result result) {
    burst.add(name, result.burst());
    if (result.isOfFollower()) {
      p50.add(name, Sample.of(result.p50()));
      p99.add(name, Sample.of(result.p99()));
    }
    if (name.equals(Followers.GEMEL) && result.moved().isPresent()) {
      moved.add(Followers.GEMEL, Sample.of(result.moved().getAsDouble()));
      moved.add(WRITTEN, Sample.of(result.written()));
    }
  }

  List<Section> sections(Sizes sizes) {
    String one = "one file of " + sizes.million().files() + " changed, until it is seen: ";
    String all =
        sizes.burst()
            + " changes, a folder of "
            + sizes.million().foldersEach() * ManyFiles.A_FOLDER
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

  private static Section section(String part, String title, FollowFigures figures, double wanted) {
    return table(
        part,
        title,
        Unit.SECONDS,
        figures,
        LSYNCD.stream().map(peer -> Goal.of(Followers.GEMEL, peer, wanted)).toList());
  }

  private static Section table(
      String part, String title, Unit unit, FollowFigures figures, List<Goal> goals) {
    return new Section(
        "D" + part, title, unit, Direction.COST, Load.NONE, figures.series(), goals, List.of());
  }
}
