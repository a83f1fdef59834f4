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
import org.gemel.wire.protocol.OpenDatabaseAsMain;
import org.gemel.wire.protocol.ProveGate;
import org.gemel.wire.protocol.WireRole;

/**
 * Opens a database as main.
 *
 * <p>Unless the pair is being split, the other side must prove with a client's refused connection
 * that its gate is shut, right before this one opens: an older report is no proof. A side that
 * follows the other by replication is never opened, since a client's write there would stop the
 * following.
 */
record SetDatabaseMain(Side side, boolean split) implements Step {
  private static final int AT_ONCE = 0;

  @Override
  public String sentence() {
    return split
        ? "Set database %s main as well: both sides go their own ways".formatted(side)
        : "Set database %s main: clients work with it".formatted(side);
  }

  @Override
  public List<Finding> check(Reality reality) {
    Optional<Finding> follows =
        reality
            .database(side)
            .filter(d -> d.getReplication().startsWith("BACKUP"))
            .map(
                d ->
                    Finding.blocker(
                        "database " + side + " still following " + side.other(),
                        "no replication into it",
                        "stop it first, with `gemel database stop " + side.other() + "`"));
    Optional<Finding> other =
        split ? Optional.empty() : Blocks.unlessRole(reality, side.other(), Role.BACKUP);
    return Blocks.of(List.of(Blocks.unlessDatabaseAnswers(reality, side), follows, other));
  }

  @Override
  public String perform(StepWork work) throws StepFailure, InterruptedException {
    if (!split) {
      SetDatabaseBackup.shut(work, side.other(), AT_ONCE);
    }
    String server = databaseServer(work.site(), side);
    work.order(
        server,
        command()
            .setOpenDatabaseAsMain(OpenDatabaseAsMain.newBuilder().setRoleEpoch(work.roleEpoch())),
        SHORT);
    work.order(
        server, command().setProveGate(ProveGate.newBuilder().setRole(WireRole.ROLE_MAIN)), SHORT);
    return "Database %s is main; a client's connection was let in.".formatted(side);
  }

  @Override
  public Proof verify(Reality reality) {
    boolean main = reality.role(side).filter(r -> r == Role.MAIN).isPresent();
    boolean alone = split || reality.role(side.other()).filter(r -> r == Role.BACKUP).isPresent();
    return Proof.of(
        main && alone,
        "Database " + side + " reports itself main" + (split ? "." : ", the other backup."),
        "Database "
            + (main
                ? side.other() + " does not report itself backup"
                : side + " does not report itself main")
            + " yet.");
  }

  @Override
  public Optional<StepSpec> inverse() {
    return Optional.of(Specs.of("set-database-backup", "side", side.name()));
  }
}
