package org.gemel.control.steps;

import java.util.List;
import org.gemel.control.runs.Proof;
import org.gemel.control.runs.StepFailure;
import org.gemel.control.runs.StepWork;
import org.gemel.control.site.Reality;
import org.gemel.core.Finding;
import org.gemel.core.Role;
import org.gemel.core.Side;
import org.gemel.wire.protocol.ForgetChanges;

/** What the reports say of replication. */
final class Replications {
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

  /** Whether a side is the main end of replication, whatever the other end says. */
  static boolean offers(Reality reality, Side side) {
    return reality.replication(side, "MASTER");
  }
}
