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
import org.gemel.core.Role;
import org.gemel.core.Side;
import org.gemel.wire.protocol.AwaitConfirmed;
import org.gemel.wire.protocol.Command;
import org.gemel.wire.protocol.ForeseeTurn;
import org.gemel.wire.protocol.HoldDatabase;
import org.gemel.wire.protocol.Outcome;
import org.gemel.wire.protocol.ReadPosition;
import org.gemel.wire.protocol.ReadSequences;
import org.gemel.wire.protocol.SetSequences;
import org.gemel.wire.protocol.Unpublish;
import org.gemel.wire.protocol.Unsubscribe;

/**
 * Stops replication at a point where the backup has everything up to it.
 *
 * <p>With {@code hold}, as a switch needs it, main's clients are held out <em>first</em>: only then
 * is there a last transaction, and only then does nothing get lost between this step and the change
 * of roles. The order is: hold, read the position, wait until the backup has confirmed it, carry
 * over the sequences (which replication does not), take down both ends. The backup does its part
 * last thing before it is main: it proves that it equals main, and keeps its log from then on, so
 * that main may follow it later without a copy ({@link ReverseReplication}).
 *
 * <p>Without, as a split needs it, clients go on, and the position read is the point of the split.
 * From there on each side notes what changes in it, until they are joined again ({@link
 * RejoinDatabases}) or one overwrites the other.
 */
record StopReplication(Side from, boolean hold) implements Step {
  private static final String CAUGHT_UP = "kept-caught-up";
  private static final int GRACE_MILLISECONDS = 3_000;
  private static final int CATCH_UP_MILLISECONDS = 10 * 60 * 1000;

  @Override
  public String sentence() {
    return hold
        ? "Hold the clients of database %s, let %s receive its last transaction, stop replication"
            .formatted(from, from.other())
        : "Let %s receive what %s has committed so far, stop replication"
            .formatted(from.other(), from);
  }

  @Override
  public boolean takesRoleEpoch() {
    return false;
  }

  @Override
  public List<Finding> check(Reality reality) {
    boolean alreadyHeld = hold && reality.held(from);
    Optional<Finding> replicates =
        reality
            .database(from)
            .filter(d -> !alreadyHeld && !parted(reality))
            .filter(d -> !d.getReplication().equals("MASTER"))
            .map(
                d ->
                    Finding.blocker(
                        "replication from "
                            + from
                            + " is not running ("
                            + replicationWords(d)
                            + ")",
                        from.other() + " following " + from,
                        "start it with `gemel database start "
                            + from
                            + "`, or nothing that "
                            + from
                            + " has more would come over"));
    Optional<Finding> copying =
        reality
            .database(from.other())
            .filter(d -> !alreadyHeld && d.getReplication().equals("BACKUP_COPYING"))
            .map(
                d ->
                    Finding.blocker(
                        "database " + from.other() + " still being copied",
                        "its first copy complete",
                        "wait for it; `gemel database status` shows how far it is"));
    return Blocks.of(
        List.of(
            alreadyHeld ? Optional.empty() : Blocks.unlessRole(reality, from, Role.MAIN),
            Blocks.unlessDatabaseAnswers(reality, from.other()),
            replicates,
            copying));
  }

  /**
   * For a split, a backup that follows no more has its last position already: only ends are left
   * over.
   */
  private boolean parted(Reality reality) {
    return !hold && Replications.none(reality, from.other());
  }

  private static String replicationWords(org.gemel.wire.protocol.DatabaseState database) {
    return database.getReplicationWords().isEmpty()
        ? database.getReplication()
        : database.getReplicationWords();
  }

  @Override
  public String perform(StepWork work) throws StepFailure, InterruptedException {
    String main = databaseServer(work.site(), from);
    String backup = databaseServer(work.site(), from.other());
    Reality reality = work.reality(List.of(main, backup));
    List<String> before = caughtUpBefore(work, reality);
    Caught caught =
        !before.isEmpty()
            ? again(work, main, backup, before.getFirst())
            : hold ? heldAtLast(work, main, backup, reality) : whileClientsGoOn(work, main, backup);
    work.says("taking down both ends");
    Outcome turned =
        work.order(
            backup,
            command().setUnsubscribe(Unsubscribe.newBuilder().setTurn(hold).setPart(!hold)),
            SHORT);
    work.order(main, command().setUnpublish(Unpublish.newBuilder().setPart(!hold)), SHORT);
    return "%s confirmed position %s of %s; %d sequences carried over; both ends taken down."
            .formatted(from.other(), caught.position(), from, caught.sequences())
        + (hold ? " " + turned.getWords() : "");
  }

  /**
   * The position that a failed attempt caught up to, if nothing can have been added since: main
   * must be held still, from before this attempt holds it itself, and by the same mark, which every
   * opening raises.
   */
  private List<String> caughtUpBefore(StepWork work, Reality reality) {
    return work.once(
        "caught-up-before",
        () -> {
          if (parted(reality)) {
            return List.of("before (it follows no more)");
          }
          List<String> kept = work.recall(CAUGHT_UP);
          boolean still =
              reality.held(from) && kept.size() == 2 && kept.get(1).equals(epoch(reality));
          return still ? kept : List.of();
        });
  }

  private String epoch(Reality reality) {
    return reality.database(from).map(d -> Long.toString(d.getRoleEpoch())).orElse("");
  }

  /** Up to where the backup has everything, and how many sequences it has got. */
  private record Caught(String position, int sequences) {}

  /**
   * Waits until the backup has everything, and keeps that in the journal: should a later act fail,
   * a retry finds the two ends perhaps half taken down, so that nothing could be waited for any
   * more. No client can write meanwhile, so each act counts: what needs no other goes beside it.
   *
   * @param reality from before it was held: should main have been opened since, the epoch of its
   *     mark is not the one a retry finds, and it waits again
   */
  private Caught heldAtLast(StepWork work, String main, String backup, Reality reality)
      throws StepFailure, InterruptedException {
    if (!reality.held(from)) {
      foresee(work, main, backup);
    }
    Outcome last = holdClients(work, main, true);
    String position = last.getPosition();
    if (position.isEmpty()) { // an agent of the release before
      position = readPosition(work, main);
      last = readSequences(work, main);
    }
    work.says("waiting until " + from.other() + " has confirmed position " + position);
    work.orderAll(
        List.of(
            new StepWork.Order(main, awaitConfirmed(position)),
            new StepWork.Order(backup, setSequences(last))),
        LONG);
    List<String> kept = List.of(position, epoch(reality));
    work.once(CAUGHT_UP, () -> kept);
    return new Caught(position, last.getSequencesCount());
  }

  /**
   * While clients still write, all that the acts ahead will read is read once: so nothing is done
   * for the first time while clients wait. A way back that will need a copy is only said; the acts
   * judge for themselves, so nothing depends on this; an agent of the release before knows none.
   */
  private void foresee(StepWork work, String main, String backup) throws InterruptedException {
    work.says("looking ahead, before clients are held");
    try {
      Outcome foreseen =
          work.orderAll(
                  List.of(
                      new StepWork.Order(
                          backup, command().setForeseeTurn(ForeseeTurn.getDefaultInstance())),
                      new StepWork.Order(
                          main, command().setReadPosition(ReadPosition.getDefaultInstance())),
                      new StepWork.Order(
                          main, command().setReadSequences(ReadSequences.getDefaultInstance()))),
                  SHORT)
              .getFirst();
      if (!foreseen.getProven()) {
        work.says(foreseen.getWords());
      }
    } catch (StepFailure failure) {
      work.says("going on, though nothing could be foreseen: " + failure.getMessage());
    }
  }

  private Caught whileClientsGoOn(StepWork work, String main, String backup)
      throws StepFailure, InterruptedException {
    String position = readPosition(work, main);
    work.says("waiting until " + from.other() + " has confirmed position " + position);
    work.order(main, awaitConfirmed(position), LONG);
    return carriedOver(work, main, backup, position);
  }

  /** A failed attempt had caught up, and nothing was added since. */
  private Caught again(StepWork work, String main, String backup, String position)
      throws StepFailure, InterruptedException {
    if (hold) {
      var unused = holdClients(work, main, false);
    }
    return carriedOver(work, main, backup, position);
  }

  private Caught carriedOver(StepWork work, String main, String backup, String position)
      throws StepFailure, InterruptedException {
    Outcome sequences = readSequences(work, main);
    work.order(backup, setSequences(sequences), SHORT);
    return new Caught(position, sequences.getSequencesCount());
  }

  private Outcome holdClients(StepWork work, String main, boolean lastPosition)
      throws StepFailure, InterruptedException {
    work.says("holding the clients of database " + from);
    return work.order(
        main,
        command()
            .setHoldDatabase(
                HoldDatabase.newBuilder()
                    .setGraceMilliseconds(GRACE_MILLISECONDS)
                    .setLastPosition(lastPosition)),
        SHORT);
  }

  private String readPosition(StepWork work, String main) throws StepFailure, InterruptedException {
    return work.order(
            main, command().setReadPosition(ReadPosition.newBuilder().setLast(hold)), SHORT)
        .getPosition();
  }

  private static Outcome readSequences(StepWork work, String main)
      throws StepFailure, InterruptedException {
    return work.order(main, command().setReadSequences(ReadSequences.getDefaultInstance()), SHORT);
  }

  private static Command.Builder setSequences(Outcome sequences) {
    return command()
        .setSetSequences(SetSequences.newBuilder().addAllSequences(sequences.getSequencesList()));
  }

  private static Command.Builder awaitConfirmed(String position) {
    return command()
        .setAwaitConfirmed(
            AwaitConfirmed.newBuilder()
                .setPosition(position)
                .setTimeoutMilliseconds(CATCH_UP_MILLISECONDS));
  }

  @Override
  public Proof verify(Reality reality) {
    boolean stopped = Replications.none(reality, from) && Replications.none(reality, from.other());
    boolean shut = !hold || reality.role(from).filter(r -> r == Role.BACKUP).isPresent();
    return Proof.of(
        stopped && shut,
        "Neither side replicates" + (hold ? ", and no client can write to " + from : "") + ".",
        stopped
            ? "Clients can still reach database " + from + "."
            : "A side still has a publication, a slot or a subscription, or does not answer.");
  }

  /** Opening a held main again is what can be taken back; replication must be started anew. */
  @Override
  public Optional<StepSpec> inverse() {
    return hold
        ? Optional.of(Specs.of("set-database-main", "side", from.name()))
        : Optional.empty();
  }
}
