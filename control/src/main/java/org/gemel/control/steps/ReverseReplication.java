package org.gemel.control.steps;

import static org.gemel.control.steps.Orders.SHORT;
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
import org.gemel.wire.protocol.Follow;
import org.gemel.wire.protocol.Outcome;

/**
 * Lets the old main follow the new one after a switch, without a copy: nothing is overwritten.
 *
 * <p>The old main's database itself decides whether that is sound. If it is not, this step fails
 * with the reason, and copies nothing by itself: to overwrite a database is a person's decision,
 * and the copying start, once a person has ordered it, ticks this step.
 */
record ReverseReplication(Side from) implements Step {

  @Override
  public String sentence() {
    return "Reverse replication, from %s now: the database of %s follows without a copy"
        .formatted(from, from.other());
  }

  @Override
  public List<Finding> check(Reality reality) {
    return Replications.unlessRoles(reality, from);
  }

  @Override
  public String perform(StepWork work) throws StepFailure, InterruptedException {
    Outcome outcome;
    try {
      outcome =
          work.order(
              databaseServer(work.site(), from.other()),
              command().setFollow(Follow.newBuilder().setRoleEpoch(work.roleEpoch())),
              SHORT);
    } catch (StepFailure refused) {
      throw new StepFailure(
          "%s Retry if that passes; otherwise copy: `gemel database start %s --confirm %s` overwrites the database of %s and ticks this step."
              .formatted(refused.getMessage(), from, from.other(), from.other()));
    }
    return outcome.getWords();
  }

  @Override
  public Proof verify(Reality reality) {
    return Replications.proof(reality, from);
  }

  @Override
  public List<StepSpec> alsoDoneBy() {
    return List.of(
        Specs.of("start-replication", "from", from.name()),
        Specs.of("rejoin", "from", from.name()));
  }

  @Override
  public Optional<StepSpec> inverse() {
    return Optional.of(Specs.of("stop-replication", "from", from.name()));
  }
}
