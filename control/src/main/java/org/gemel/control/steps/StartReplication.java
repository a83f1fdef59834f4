package org.gemel.control.steps;

import static org.gemel.control.steps.Orders.LONG;
import static org.gemel.control.steps.Orders.SHORT;
import static org.gemel.control.steps.Orders.command;
import static org.gemel.control.steps.Orders.databaseServer;

import java.util.List;
import java.util.Optional;
import org.gemel.control.preflight.Blockers;
import org.gemel.control.preflight.PackedFacts;
import org.gemel.control.runs.Proof;
import org.gemel.control.runs.Step;
import org.gemel.control.runs.StepFailure;
import org.gemel.control.runs.StepSpec;
import org.gemel.control.runs.StepWork;
import org.gemel.control.site.Reality;
import org.gemel.core.Finding;
import org.gemel.core.Side;
import org.gemel.database.preflight.DatabaseFacts;
import org.gemel.database.preflight.Preflight;
import org.gemel.database.preflight.PreflightFinding;
import org.gemel.wire.protocol.Follow;
import org.gemel.wire.protocol.Outcome;
import org.gemel.wire.protocol.Publish;
import org.gemel.wire.protocol.ReadDatabaseFacts;
import org.gemel.wire.protocol.Subscribe;

/**
 * Starts replication from main: the backup's database is overwritten whole, then follows.
 *
 * <p>Refused while the other side is main too: a split pair is joined only by making one side
 * backup first, which says what will be lost.
 *
 * <p>Both databases are looked over and compared before anything is touched: what would stall or
 * harm later stops the step here, in words and with its cure.
 *
 * @param approved the hash of the preview of what the backup would lose; {@code none} if nothing of
 *     its own may be lost; empty where a person confirmed the whole of it within a run
 * @param drop the hash of the list of what only the backup has and may be dropped; empty: nothing
 */
record StartReplication(Side from, String approved, String drop) implements Step {
  /** Says that nothing may be lost, since nobody approved that. */
  static final String NONE_APPROVED = "none";

  @Override
  public String sentence() {
    return "Start replication from %s: the database of %s is overwritten, then follows"
        .formatted(from, from.other());
  }

  @Override
  public List<Finding> check(Reality reality) {
    return Replications.unlessRoles(reality, from);
  }

  @Override
  public String perform(StepWork work) throws StepFailure, InterruptedException {
    String backup = databaseServer(work.site(), from.other());
    work.says("looking both databases over");
    refuseBlocked(work, databaseServer(work.site(), from), backup);
    String whyAll = "";
    if (!tablesThatDiffer(work).isEmpty()) {
      try {
        return copyOnlyWhatDiffers(work, backup);
      } catch (StepFailure failure) {
        if (!failure.isRefusal()) {
          throw failure; // it may well work the next time
        }
        whyAll = "Not only what differed, since " + failure.getMessage();
        work.says("copying everything: " + whyAll);
      }
    }
    work.order(
        databaseServer(work.site(), from),
        command().setPublish(Publish.getDefaultInstance()),
        SHORT);
    work.says("overwriting the database of " + from.other());
    String altered =
        work.order(
                backup,
                command()
                    .setSubscribe(
                        Subscribe.newBuilder()
                            .setRoleEpoch(work.roleEpoch())
                            .setOnlyApproved(!approved.isEmpty())
                            .setApproved(approved.equals(NONE_APPROVED) ? "" : approved)
                            .setDrop(drop)),
                LONG)
            .getWords();
    work.says("copying every table from " + from);
    Replications.awaitCopy(work, from);
    Replications.forgetChanges(work, from);
    return "Every table was copied from %s to %s. %s %s"
        .formatted(from, from.other(), altered, whyAll)
        .strip();
  }

  /**
   * After a switch that proved all equal but some tables, those are enough; the backup's database
   * decides whether that is so still. If not, nothing was touched, and everything is copied.
   */
  private List<String> tablesThatDiffer(StepWork work) throws StepFailure, InterruptedException {
    Reality reality = work.reality(List.of(databaseServer(work.site(), from)));
    return work.once(
        "only-differing",
        () ->
            reality
                .database(from)
                .map(main -> List.copyOf(main.getTurnedTablesList()))
                .orElse(List.of()));
  }

  private String copyOnlyWhatDiffers(StepWork work, String backup)
      throws StepFailure, InterruptedException {
    work.says("copying only " + String.join(", ", tablesThatDiffer(work)) + " from " + from);
    Outcome followed =
        work.order(
            backup,
            command()
                .setFollow(
                    Follow.newBuilder().setRoleEpoch(work.roleEpoch()).setCopyDiffering(true)),
            LONG);
    Replications.awaitCopy(work, from);
    return followed.getWords();
  }

  /** The same answers again after a crash, so that what was begun then is gone on with. */
  private void refuseBlocked(StepWork work, String main, String backup)
      throws StepFailure, InterruptedException {
    List<PreflightFinding> findings =
        Preflight.compare(facts(work, main), facts(work, backup), drop);
    Optional<String> blocked = Blockers.words(from, findings);
    if (blocked.isPresent()) {
      throw new StepFailure(blocked.get());
    }
  }

  private static DatabaseFacts facts(StepWork work, String device)
      throws StepFailure, InterruptedException {
    return PackedFacts.of(
        device,
        work.order(
            device, command().setReadDatabaseFacts(ReadDatabaseFacts.getDefaultInstance()), SHORT));
  }

  @Override
  public Proof verify(Reality reality) {
    return Replications.proof(reality, from);
  }

  @Override
  public List<StepSpec> alsoDoneBy() {
    return List.of(
        Specs.of("rejoin", "from", from.name()),
        Specs.of("copy-database-server", "from", from.name()));
  }

  @Override
  public Optional<StepSpec> inverse() {
    return Optional.of(Specs.of("stop-replication", "from", from.name()));
  }
}
