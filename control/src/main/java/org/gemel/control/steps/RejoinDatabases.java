package org.gemel.control.steps;

import static org.gemel.control.steps.Orders.LONG;
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
import org.gemel.wire.protocol.Outcome;
import org.gemel.wire.protocol.Publish;
import org.gemel.wire.protocol.Rejoin;

/**
 * Joins the sides after a split: what the backup changed since is overwritten with main's, and only
 * that where it is known and cheaper than to copy everything. Main's clients go on.
 *
 * <p>The backup's database decides by the approved hash whether what it loses is what a person was
 * shown; if it is not, this step fails with the reason and nothing is changed.
 *
 * @param approved the hash of a preview
 */
record RejoinDatabases(Side from, String approved) implements Step {
  @Override
  public String sentence() {
    return "Join the sides again with %s as main: what database %s changed since they parted is overwritten"
        .formatted(from, from.other());
  }

  @Override
  public List<Finding> check(Reality reality) {
    return Replications.unlessRoles(reality, from);
  }

  @Override
  public String perform(StepWork work) throws StepFailure, InterruptedException {
    String backup = databaseServer(work.site(), from.other());
    work.order(
        databaseServer(work.site(), from),
        command().setPublish(Publish.getDefaultInstance()),
        SHORT);
    work.says("overwriting what database " + from.other() + " changed");
    Outcome joined =
        work.order(
            backup,
            command()
                .setRejoin(
                    Rejoin.newBuilder().setRoleEpoch(work.roleEpoch()).setApproved(approved)),
            LONG);
    // At once where rows were repaired; else every table is copied.
    Replications.awaitCopy(work, from);
    Replications.forgetChanges(work, from);
    return joined.getWords();
  }

  @Override
  public Proof verify(Reality reality) {
    return Replications.proof(reality, from);
  }

  @Override
  public Optional<StepSpec> inverse() {
    return Optional.of(Specs.of("stop-replication", "from", from.name()));
  }
}
