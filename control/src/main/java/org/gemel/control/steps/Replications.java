package org.gemel.control.steps;

import java.util.List;
import org.gemel.control.runs.Proof;
import org.gemel.control.runs.StepFailure;
import org.gemel.control.runs.StepWork;
import org.gemel.control.site.Reality;
import org.gemel.core.Finding;
import org.gemel.core.Role;
import org.gemel.core.Side;
import org.gemel.wire.protocol.AwaitInitialCopy;
import org.gemel.wire.protocol.FollowHealed;
import org.gemel.wire.protocol.ForgetChanges;
import org.gemel.wire.protocol.HealDatabase;
import org.gemel.wire.protocol.Publish;

/** What the reports say of replication. */
final class Replications {
  private static final int COPY_MILLISECONDS = 6 * 60 * 60 * 1000;

  private Replications() {}

  /** Whether a side provably has no end of replication. */
  static boolean none(Reality reality, Side side) {
    return reality.replication(side, "NONE");
  }

  /** Whether replication provably runs from a side to the other. */
  static boolean runs(Reality reality, Side from) {
    return reality.replication(from, "MASTER") && reality.replication(from.other(), "BACKUP");
  }

  /** What stands against replication from a side: roles that are others. */
  static List<Finding> unlessRoles(Reality reality, Side from) {
    return Blocks.of(
        List.of(
            Blocks.unlessRole(reality, from, Role.MAIN),
            Blocks.unlessRole(reality, from.other(), Role.BACKUP)));
  }

  /** That replication runs from a side to the other. */
  static Proof proof(Reality reality, Side from) {
    return Proof.of(
        runs(reality, from),
        "%s runs as replication master, %s as replication backup.".formatted(from, from.other()),
        "Replication from %s to %s does not report itself running yet."
            .formatted(from, from.other()));
  }

  /**
   * The other side follows again, so main need not note any longer what changes in it. That it does
   * harms nothing: a later parting begins anew.
   */
  static void forgetChanges(StepWork work, Side from) throws StepFailure, InterruptedException {
    work.order(
        Orders.databaseServer(work.site(), from),
        Orders.command().setForgetChanges(ForgetChanges.getDefaultInstance()),
        Orders.SHORT);
  }

  /**
   * Alters the backup as main was, and empties what it missed, while main sends nothing of those
   * tables; {@link #followHealed} then has them copied again.
   */
  static void heal(StepWork work, Side from, List<String> anew)
      throws StepFailure, InterruptedException {
    String main = Orders.databaseServer(work.site(), from);
    work.order(
        main, Orders.command().setPublish(Publish.newBuilder().addAllWithout(anew)), Orders.SHORT);
    work.order(
        Orders.databaseServer(work.site(), from.other()),
        Orders.command()
            .setHealDatabase(
                HealDatabase.newBuilder().addAllAnew(anew).setRoleEpoch(work.roleEpoch())),
        Orders.LONG);
    work.order(main, Orders.command().setPublish(Publish.getDefaultInstance()), Orders.SHORT);
  }

  static void followHealed(StepWork work, Side from) throws StepFailure, InterruptedException {
    work.order(
        Orders.databaseServer(work.site(), from.other()),
        Orders.command().setFollowHealed(FollowHealed.newBuilder().setRoleEpoch(work.roleEpoch())),
        Orders.LONG);
  }

  /** Until every table that is copied follows; at once where none is. */
  static void awaitCopy(StepWork work, Side from) throws StepFailure, InterruptedException {
    work.order(
        Orders.databaseServer(work.site(), from.other()),
        Orders.command()
            .setAwaitInitialCopy(
                AwaitInitialCopy.newBuilder().setTimeoutMilliseconds(COPY_MILLISECONDS)),
        Orders.LONG);
  }

  /** Whether a side is the main end of replication, whatever the other end says. */
  static boolean offers(Reality reality, Side side) {
    return reality.replication(side, "MASTER");
  }
}
