package org.gemel.control.steps;

import static org.gemel.control.steps.Orders.LONG;
import static org.gemel.control.steps.Orders.command;
import static org.gemel.control.steps.Orders.databaseServer;

import java.util.List;
import java.util.Optional;
import org.gemel.control.runs.Proof;
import org.gemel.control.runs.Step;
import org.gemel.control.runs.StepFailure;
import org.gemel.control.runs.StepSpec;
import org.gemel.control.runs.StepWork;
import org.gemel.control.site.Reality;
import org.gemel.core.Finding;
import org.gemel.core.Side;
import org.gemel.wire.protocol.FindHealing;
import org.gemel.wire.protocol.HealPlan;

/**
 * Brings a backup that follows to main's form again, after main's tables were altered: alters it
 * alike, and copies those tables again of which rows were or may have been missed.
 *
 * <p>Each act may be repeated, and what is to be done is worked out anew by each attempt. What a
 * person must decide stops it before anything is touched.
 */
record HealReplication(Side from) implements Step {
  @Override
  public String sentence() {
    return "Heal the replication from %s: the database of %s is altered as %s was, and tables whose rows were missed are copied again"
        .formatted(from, from.other(), from);
  }

  @Override
  public List<Finding> check(Reality reality) {
    return Replications.unlessRoles(reality, from);
  }

  @Override
  public String perform(StepWork work) throws StepFailure, InterruptedException {
    String backup = databaseServer(work.site(), from.other());
    work.says("comparing the definitions of both databases");
    HealPlan plan =
        work.order(
                backup,
                command().setFindHealing(FindHealing.newBuilder().setRoleEpoch(work.roleEpoch())),
                LONG)
            .getHealPlan();
    if (plan.getUndecidedCount() > 0) {
      throw new StepFailure("Nothing was touched. " + String.join(" ", plan.getUndecidedList()));
    }
    boolean alike = plan.getAnewCount() == 0 && plan.getCommandsCount() == 0;
    if (!alike) {
      work.says("altering the database of " + from.other());
      Replications.heal(work, from, plan.getAnewList());
    }
    // Also where both are alike: an attempt before this one may have been cut off just here.
    Replications.followHealed(work, from);
    work.says("copying " + plan.getAnewCount() + " tables from " + from);
    Replications.awaitCopy(work, from);
    return alike
        ? "Both databases have the same form, and no row was missed: nothing was altered."
        : words(plan);
  }

  private String words(HealPlan plan) {
    return "Database "
        + from.other()
        + " has the form of "
        + from
        + " again. Altered: "
        + (plan.getCommandsCount() == 0 ? "nothing" : String.join("; ", plan.getCommandsList()))
        + ". Copied again: "
        + (plan.getAnewCount() == 0 ? "nothing" : String.join(", ", plan.getAnewList()))
        + ".";
  }

  @Override
  public Proof verify(Reality reality) {
    return Replications.proof(reality, from);
  }

  /** What main altered is not taken back here. */
  @Override
  public Optional<StepSpec> inverse() {
    return Optional.empty();
  }
}
