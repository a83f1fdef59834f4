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
import org.gemel.wire.protocol.CopyServer;
import org.gemel.wire.protocol.Publish;

/**
 * Starts replication from main by a physical copy of its whole database server, which takes the
 * place of the backup's.
 *
 * <p>Definitions are not compared before: the backup gets main's. What else must hold its own agent
 * looks at, and refuses with nothing changed.
 *
 * @param approved as of {@link StartReplication}
 * @param server the hash of the list of what the backup's server holds; empty: nothing but the
 *     pair's database may go
 */
record CopyDatabaseServer(Side from, String approved, String server) implements Step {
  @Override
  public String sentence() {
    return "Start replication from %s by a copy of its whole database server: that of %s is overwritten, then follows"
        .formatted(from, from.other());
  }

  @Override
  public List<Finding> check(Reality reality) {
    return Replications.unlessRoles(reality, from);
  }

  @Override
  public String perform(StepWork work) throws StepFailure, InterruptedException {
    work.order(
        databaseServer(work.site(), from),
        command().setPublish(Publish.getDefaultInstance()),
        SHORT);
    work.says("copying the whole database server of " + from);
    String words =
        work.order(
                databaseServer(work.site(), from.other()),
                command()
                    .setCopyServer(
                        CopyServer.newBuilder()
                            .setRoleEpoch(work.roleEpoch())
                            .setOnlyApproved(!approved.isEmpty())
                            .setApproved(
                                approved.equals(StartReplication.NONE_APPROVED) ? "" : approved)
                            .setOverwriteServer(server)),
                LONG)
            .getWords();
    Replications.awaitCopy(work, from);
    Replications.forgetChanges(work, from);
    return words;
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
