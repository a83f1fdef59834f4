package org.gemel.control.steps;

import static org.gemel.control.steps.Orders.SHORT;
import static org.gemel.control.steps.Orders.command;
import static org.gemel.control.steps.Orders.databaseServer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.gemel.control.runs.Proof;
import org.gemel.control.runs.Step;
import org.gemel.control.runs.StepFailure;
import org.gemel.control.runs.StepSpec;
import org.gemel.control.runs.StepWork;
import org.gemel.control.site.Reality;
import org.gemel.control.status.ReplicationStatuses;
import org.gemel.core.Finding;
import org.gemel.core.Side;
import org.gemel.wire.protocol.DatabaseState;
import org.gemel.wire.protocol.Unpublish;
import org.gemel.wire.protocol.Unsubscribe;

/**
 * Takes down the named ends of replication, in any state: for replication that does not run, so
 * that there is nothing to wait for, or whose other end is gone. What runs is stopped by {@link
 * StopReplication}, at a point where the backup has everything.
 *
 * <p>It loses no row; but what main had more does not come over, and the backup follows again only
 * by a copy. An end that does not answer shows what it keeps as soon as it is back, and this step
 * once more takes it down.
 */
record EndReplication(List<Side> sides) implements Step {
  EndReplication {
    sides = List.copyOf(sides);
  }

  @Override
  public String sentence() {
    return "Take down database replication on " + words() + ", without waiting for anything";
  }

  @Override
  public List<Finding> check(Reality reality) {
    List<Finding> findings = new ArrayList<>();
    ReplicationStatuses.runsFrom(reality)
        .ifPresent(
            from ->
                findings.add(
                    Finding.blocker(
                        "replication running from " + from + " by now",
                        "it stopped in order, so that nothing is missing on " + from.other(),
                        "stop it with `gemel database stop " + from + "`")));
    for (Side side : Side.values()) {
      if (sides.contains(side)) {
        Blocks.unlessDatabaseAnswers(reality, side).ifPresent(findings::add);
      } else {
        findings.add(
            Finding.warning(
                "no answer from the database of " + side,
                "both ends taken down",
                "what it keeps shows when it is back: stop the replication then once more"));
      }
      if (reality.replication(side, "BACKUP_COPYING")) {
        findings.add(
            Finding.warning(
                "database " + side + " in its first copy",
                "a whole one",
                "it holds a part, and will not open as main: start the replication again"));
      }
    }
    return findings;
  }

  @Override
  public String perform(StepWork work) throws StepFailure, InterruptedException {
    for (Side side : sides) {
      String device = databaseServer(work.site(), side);
      work.says("taking down the end of " + side);
      work.order(device, command().setUnsubscribe(Unsubscribe.getDefaultInstance()), SHORT);
      work.order(device, command().setUnpublish(Unpublish.getDefaultInstance()), SHORT);
    }
    return sides.size() == 2
        ? "Both ends are taken down, and neither side keeps log for the other."
        : "The end of %s is taken down, and it keeps no log for %s, which did not answer."
            .formatted(sides.getFirst(), sides.getFirst().other());
  }

  @Override
  public Proof verify(Reality reality) {
    return Proof.of(
        sides.stream().allMatch(s -> reality.replication(s, "NONE") && !keepsLog(reality, s)),
        "Taken down: " + words() + ".",
        "An end still has a publication, a slot or a subscription, or does not answer.");
  }

  /** Replication is started anew, which overwrites: nothing to do by the way. */
  @Override
  public Optional<StepSpec> inverse() {
    return Optional.empty();
  }

  private String words() {
    return sides.stream().map(Side::name).collect(Collectors.joining(" and "));
  }

  private static boolean keepsLog(Reality reality, Side side) {
    return reality.database(side).filter(DatabaseState::hasKeptLog).isPresent();
  }
}
