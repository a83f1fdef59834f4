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
import org.gemel.core.Role;
import org.gemel.core.Side;
import org.gemel.wire.protocol.MarkDatabaseBackup;
import org.gemel.wire.protocol.Outcome;
import org.gemel.wire.protocol.ProveGate;
import org.gemel.wire.protocol.WireRole;

/** Makes a database backup: the gate is shut before the mark is written, and a client proves it. */
record SetDatabaseBackup(Side side) implements Step {
  private static final int GRACE_MILLISECONDS = 3_000;

  @Override
  public String sentence() {
    return "Set database %s backup: no client can write to it".formatted(side);
  }

  @Override
  public List<Finding> check(Reality reality) {
    Optional<Finding> feeding =
        Replications.offers(reality, side)
            ? Optional.of(
                Finding.blocker(
                    "replication running from " + side,
                    "none, so that " + side.other() + " has a last transaction to end with",
                    "stop it first, with `gemel database stop " + side + "`"))
            : Optional.empty();
    return Blocks.of(List.of(Blocks.unlessDatabaseAnswers(reality, side), feeding));
  }

  @Override
  public String perform(StepWork work) throws StepFailure, InterruptedException {
    shut(work, side, GRACE_MILLISECONDS);
    return "Database %s is backup; a client's connection was refused.".formatted(side);
  }

  /**
   * The gate is shut, the mark written with this step's epoch, and a client proves it, in one
   * order. An order to open that side that is still on its way is void from here on.
   */
  static void shut(StepWork work, Side side, int grace) throws StepFailure, InterruptedException {
    String server = databaseServer(work.site(), side);
    Outcome marked =
        work.order(
            server,
            command()
                .setMarkDatabaseBackup(
                    MarkDatabaseBackup.newBuilder()
                        .setRoleEpoch(work.roleEpoch())
                        .setGraceMilliseconds(grace)
                        .setProve(true)),
            SHORT);
    if (!marked.getProven()) { // an agent of the release before
      work.order(
          server,
          command().setProveGate(ProveGate.newBuilder().setRole(WireRole.ROLE_BACKUP)),
          SHORT);
    }
  }

  @Override
  public Proof verify(Reality reality) {
    boolean backup =
        reality.role(side).filter(r -> r == Role.BACKUP).isPresent() && !reality.held(side);
    return Proof.of(
        backup,
        "Database " + side + " reports itself backup.",
        "Database " + side + " does not report itself backup yet.");
  }

  @Override
  public Optional<StepSpec> inverse() {
    return Optional.of(Specs.of("set-database-main", "side", side.name()));
  }
}
