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
import org.gemel.core.Role;
import org.gemel.core.Side;
import org.gemel.wire.protocol.DatabaseState;
import org.gemel.wire.protocol.Outcome;

/**
 * Overwrites what the last comparison found on the backup otherwise than on main, while clients
 * work and the backup follows; then compares the same ranges once more.
 *
 * <p>Tables that cannot be repaired by keys come whole, in the order of a healing. An attempt that
 * was cut off while some were taken out is no more to be gone on with here: main is not touched,
 * and a healing is asked for, which finds what was missed meanwhile.
 */
record RepairDatabase(Side from) implements Step {
  @Override
  public String sentence() {
    return "Repair the database of %s: rows that a comparison found otherwise are overwritten with those of %s"
        .formatted(from.other(), from);
  }

  @Override
  public List<Finding> check(Reality reality) {
    return Blocks.of(
        List.of(
            Blocks.unlessRole(reality, from, Role.MAIN),
            Blocks.unlessRole(reality, from.other(), Role.BACKUP),
            unlessFollowed(reality),
            unlessCompared(reality)));
  }

  /** Before anything is asked of main: what it offers is taken back where nobody follows it. */
  private Optional<Finding> unlessFollowed(Reality reality) {
    boolean follows =
        Replications.runs(reality, from) || reality.replication(from.other(), "BACKUP_COPYING");
    return follows
        ? Optional.empty()
        : Optional.of(
            Finding.blocker(
                "replication from " + from + " not running",
                from.other()
                    + " following "
                    + from
                    + ", so that what is written meanwhile comes too",
                "start it with `gemel database start " + from + "`"));
  }

  private Optional<Finding> unlessCompared(Reality reality) {
    boolean compared =
        reality.database(from.other()).filter(DatabaseState::hasComparison).isPresent();
    return compared
        ? Optional.empty()
        : Optional.of(
            Finding.blocker(
                "no comparison of both databases",
                "one, which says what differs",
                "run `gemel database compare`"));
  }

  @Override
  public String perform(StepWork work) throws StepFailure, InterruptedException {
    String backup = databaseServer(work.site(), from.other());
    work.says("overwriting rows of " + from.other() + " that differ");
    Outcome repaired =
        work.order(
            backup,
            command()
                .setRepairDatabase(
                    org.gemel.wire.protocol.RepairDatabase.newBuilder()
                        .setRoleEpoch(work.roleEpoch())),
            LONG);
    List<String> anew = repaired.getAnewList();
    if (!anew.isEmpty()) {
      work.says("copying " + anew.size() + " tables whole from " + from);
      Replications.heal(work, from, anew);
      Replications.followHealed(work, from);
    }
    Replications.awaitCopy(work, from);
    work.says("comparing what differed once more");
    Outcome proven =
        work.order(
            backup,
            command()
                .setRepairDatabase(
                    org.gemel.wire.protocol.RepairDatabase.newBuilder()
                        .setRoleEpoch(work.roleEpoch())
                        .setProve(true)),
            LONG);
    return repaired.getWords()
        + (anew.isEmpty() ? " " : " Copied whole: " + String.join(", ", anew) + ". ")
        + proven.getWords();
  }

  @Override
  public Proof verify(Reality reality) {
    return Replications.proof(reality, from);
  }

  /** What was overwritten is gone. */
  @Override
  public Optional<StepSpec> inverse() {
    return Optional.empty();
  }
}
