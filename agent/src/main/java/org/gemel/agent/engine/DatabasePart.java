package org.gemel.agent.engine;

import static org.gemel.agent.command.Outcomes.done;
import static org.gemel.agent.command.Outcomes.failed;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.gemel.agent.command.DevicePart;
import org.gemel.agent.command.FreshReading;
import org.gemel.agent.command.Stages;
import org.gemel.core.Role;
import org.gemel.core.Side;
import org.gemel.database.Confirmation;
import org.gemel.database.DatabaseFailure;
import org.gemel.database.DatabaseStatus;
import org.gemel.database.GateProof;
import org.gemel.database.InitialSync;
import org.gemel.database.SequenceValue;
import org.gemel.database.WalPosition;
import org.gemel.wire.WireSides;
import org.gemel.wire.protocol.AwaitConfirmed;
import org.gemel.wire.protocol.AwaitInitialCopy;
import org.gemel.wire.protocol.Command;
import org.gemel.wire.protocol.Command.ActionCase;
import org.gemel.wire.protocol.Outcome;
import org.gemel.wire.protocol.ProveGate;
import org.gemel.wire.protocol.Report;
import org.gemel.wire.protocol.SetSequences;

/**
 * The database of this host's side. Every command may be repeated, so a command that was cut off is
 * simply carried out again; the database's own mark refuses those of an older role epoch.
 */
public final class DatabasePart implements DevicePart {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  // What is dear to find out is not waited for: the report is what a person waits for.
  private static final Duration PAUSE = Duration.ofMillis(300);
  private static final Set<ActionCase> CHANGES =
      EnumSet.of(
          ActionCase.HOLD_DATABASE,
          ActionCase.MARK_DATABASE_BACKUP,
          ActionCase.OPEN_DATABASE_AS_MAIN,
          ActionCase.SET_SEQUENCES,
          ActionCase.PUBLISH,
          ActionCase.UNPUBLISH,
          ActionCase.SUBSCRIBE,
          ActionCase.UNSUBSCRIBE,
          ActionCase.FIND_HEALING,
          ActionCase.HEAL_DATABASE,
          ActionCase.FOLLOW_HEALED,
          ActionCase.FOLLOW,
          ActionCase.REJOIN,
          ActionCase.FORGET_CHANGES,
          ActionCase.REPAIR_DATABASE);
  private static final Set<ActionCase> LOOKS =
      EnumSet.of(
          ActionCase.READ_POSITION,
          ActionCase.AWAIT_CONFIRMED,
          ActionCase.READ_SEQUENCES,
          ActionCase.AWAIT_INITIAL_COPY,
          ActionCase.PROVE_GATE,
          ActionCase.COMPARE_DATABASES,
          ActionCase.PREVIEW_REJOIN,
          ActionCase.READ_DATABASE_FACTS,
          ActionCase.FORESEE_TURN);

  private final Side side;
  private final DatabaseEngine engine;
  private final SplitCommands split;
  private final ChangeDrain drain;
  private final FreshReading<DatabaseStatus> reading;
  private final Paced<OptionalLong> counted;
  private final Paced<String> definitions;
  private final Wait wait = new Wait(System::nanoTime);

  public DatabasePart(Side side, DatabaseEngine engine) {
    this.side = side;
    this.engine = engine;
    this.split = new SplitCommands(side, engine);
    this.drain = new ChangeDrain(engine);
    this.counted = new Paced<>("database-count", System::nanoTime, this::counted);
    this.definitions = new Paced<>("database-definitions", System::nanoTime, this::definitions);
    this.reading = new FreshReading<>("database-status", engine::status);
  }

  private OptionalLong counted() {
    try {
      return engine.counted();
    } catch (DatabaseFailure e) {
      return OptionalLong.empty(); // what stands in the way is told by the status
    }
  }

  private String definitions() {
    try {
      return engine.definitions();
    } catch (DatabaseFailure e) {
      return "";
    }
  }

  /** From here on what changes while the sides are parted is noted. */
  public void start() {
    drain.start();
  }

  public void end() throws InterruptedException {
    drain.end();
  }

  @Override
  public Set<ActionCase> actions() {
    var all = EnumSet.copyOf(CHANGES);
    all.addAll(LOOKS);
    return all;
  }

  /** A wait for the first copy may last hours, and must not stand in the way of ending it. */
  @Override
  public Optional<String> lane(ActionCase action) {
    return CHANGES.contains(action) ? Optional.of("database") : Optional.empty();
  }

  /** The end of a repair only looks, as long as a comparison does. */
  @Override
  public Optional<String> lane(Command command) {
    return command.getRepairDatabase().getProve()
        ? Optional.empty()
        : lane(command.getActionCase());
  }

  @Override
  public Outcome.Builder perform(Command command, Stages stages) throws InterruptedException {
    try {
      return act(command, stages);
    } catch (DatabaseFailure failure) {
      return failed(failure.words()).setRefused(failure.kind() == DatabaseFailure.Kind.REFUSED);
    } catch (IllegalArgumentException wrong) {
      return failed(String.valueOf(wrong.getMessage()));
    }
  }

  private Outcome.Builder act(Command command, Stages stages)
      throws DatabaseFailure, InterruptedException {
    return switch (command.getActionCase()) {
      case HOLD_DATABASE -> {
        stages.at("holding clients out");
        engine.hold(Duration.ofMillis(command.getHoldDatabase().getGraceMilliseconds()));
        var outcome = done("No client can write to database " + side + ".");
        if (command.getHoldDatabase().getLastPosition()) {
          outcome.setPosition(engine.lastPosition().toString());
          engine.sequences().forEach(sequence -> outcome.addSequences(toWire(sequence)));
        }
        yield outcome;
      }
      case MARK_DATABASE_BACKUP -> {
        stages.at("becoming backup");
        engine.markBackup(
            command.getMarkDatabaseBackup().getRoleEpoch(),
            Duration.ofMillis(command.getMarkDatabaseBackup().getGraceMilliseconds()));
        yield command.getMarkDatabaseBackup().getProve()
            ? proveGate(Role.BACKUP).setProven(true)
            : done("Database " + side + " is backup, and its gate is shut.");
      }
      case OPEN_DATABASE_AS_MAIN -> {
        stages.at("becoming main");
        engine.openAsMain(command.getOpenDatabaseAsMain().getRoleEpoch());
        yield done("Database " + side + " is main, and its gate is open.");
      }
      case READ_POSITION -> {
        var position =
            command.getReadPosition().getLast() ? engine.lastPosition() : engine.position();
        yield done("Database " + side + " stands at " + position + ".")
            .setPosition(position.toString());
      }
      case READ_SEQUENCES -> {
        var outcome = done("Read the sequences of database " + side + ".");
        engine.sequences().forEach(sequence -> outcome.addSequences(toWire(sequence)));
        yield outcome;
      }
      case SET_SEQUENCES -> setSequences(command.getSetSequences());
      case PUBLISH -> {
        var published = engine.publish(Set.copyOf(command.getPublish().getWithoutList()));
        yield done(
            "Database %s offers %d tables.".formatted(side, published.tables().size())
                + (published.notCarried().isEmpty()
                    ? ""
                    : " Not carried: " + String.join("; ", published.notCarried())));
      }
      case UNPUBLISH -> {
        if (command.getUnpublish().getPart()) {
          yield split.partFromBackup();
        }
        engine.unpublish();
        yield done("Database " + side + " offers nothing any more.");
      }
      case FORESEE_TURN -> foreseeTurn();
      case SUBSCRIBE -> split.subscribe(command.getSubscribe(), stages);
      case PREVIEW_REJOIN -> split.preview(command.getPreviewRejoin(), stages);
      case REJOIN -> split.rejoin(command.getRejoin(), stages);
      case FORGET_CHANGES -> split.forget();
      case UNSUBSCRIBE -> {
        if (command.getUnsubscribe().getTurn()) {
          yield turn();
        }
        if (command.getUnsubscribe().getPart()) {
          yield split.partFromMain();
        }
        engine.unsubscribe();
        yield done("Database " + side + " follows nothing any more.");
      }
      case FOLLOW -> {
        if (command.getFollow().getCopyDiffering()) {
          stages.at("following, and copying tables that differ");
          yield done(
              "Database %s follows %s: %s."
                  .formatted(
                      side,
                      side.other(),
                      engine.followCopyingDiffering(command.getFollow().getRoleEpoch())));
        }
        stages.at("following without a copy");
        var words = engine.follow(command.getFollow().getRoleEpoch());
        yield done(
            "Database %s follows %s without a copy: %s.".formatted(side, side.other(), words));
      }
      case AWAIT_CONFIRMED -> awaitConfirmed(command.getAwaitConfirmed(), stages);
      case AWAIT_INITIAL_COPY -> awaitCopy(command.getAwaitInitialCopy(), stages);
      case COMPARE_DATABASES ->
          DatabaseComparison.compare(engine, side, command.getCompareDatabases(), stages);
      case REPAIR_DATABASE ->
          DatabaseComparison.repair(engine, side, command.getRepairDatabase(), stages);
      case READ_DATABASE_FACTS -> {
        stages.at("looking the database over");
        yield done("Looked database " + side + " over.")
            .setDatabaseFacts(PackedFacts.of(engine.facts()));
      }
      case PROVE_GATE -> proveGate(command.getProveGate());
      case FIND_HEALING, HEAL_DATABASE, FOLLOW_HEALED ->
          HealCommands.perform(engine, side, command, stages);
      default -> throw new IllegalArgumentException("not of the database: " + command);
    };
  }

  private Outcome.Builder turn() throws DatabaseFailure {
    var turned = engine.turn();
    return done(
        "Database %s follows nothing any more, and %s may follow it %s: %s."
            .formatted(
                side,
                side.other(),
                turned.proven()
                    ? "without a copy"
                    : turned.differing().isEmpty()
                        ? "only by a copy"
                        : "by a copy of " + String.join(", ", turned.differing()) + " only",
                turned.words()));
  }

  private Outcome.Builder foreseeTurn() throws DatabaseFailure {
    var doubts = engine.foreseeTurn();
    return done(doubts.isEmpty()
            ? "Nothing speaks against %s following %s without a copy.".formatted(side.other(), side)
            : "%s will be able to follow %s only by a copy: %s."
                .formatted(side.other(), side, String.join("; ", doubts)))
        .setProven(doubts.isEmpty());
  }

  private Outcome.Builder setSequences(SetSequences wanted) throws DatabaseFailure {
    engine.setSequences(
        wanted.getSequencesList().stream()
            .map(each -> new SequenceValue(each.getName(), each.getValue(), each.getCalled()))
            .toList());
    return done(
        "%d sequences of database %s stand where they must."
            .formatted(wanted.getSequencesCount(), side));
  }

  private Outcome.Builder awaitConfirmed(AwaitConfirmed wanted, Stages stages)
      throws DatabaseFailure, InterruptedException {
    var position = WalPosition.parse(wanted.getPosition());
    var last = new String[] {""};
    Optional<Confirmation.Reached> reached =
        wait.until(
            Duration.ofMillis(wanted.getTimeoutMilliseconds()),
            () ->
                switch (engine.confirmed(position)) {
                  case Confirmation.Reached there -> Optional.of(there);
                  case Confirmation.Waiting waiting -> {
                    if (!last[0].equals(waiting.words())) {
                      last[0] = waiting.words();
                      stages.at("catching up: " + waiting.words());
                    }
                    yield Optional.empty();
                  }
                });
    return reached
        .map(there -> done("%s has confirmed %s.".formatted(side.other(), there.confirmed())))
        .orElseGet(
            () ->
                failed(
                    "found %s not confirmed within %d s (%s), wanted the backup to have it: see its replication, then retry"
                        .formatted(position, wanted.getTimeoutMilliseconds() / 1000, last[0])));
  }

  private Outcome.Builder awaitCopy(AwaitInitialCopy wanted, Stages stages)
      throws DatabaseFailure, InterruptedException {
    engine.copy(sync -> stages.at(sync.words(), sync.fraction()));
    var last = new InitialSync[1];
    Optional<InitialSync> complete =
        wait.until(
            Duration.ofMillis(wanted.getTimeoutMilliseconds()),
            () -> {
              var sync = engine.initialSync();
              if (!sync.equals(last[0])) {
                last[0] = sync;
                stages.at(sync.words(), sync.fraction());
              }
              return sync.complete() ? Optional.of(sync) : Optional.empty();
            });
    return complete
        .map(sync -> done("Database " + side + ": " + sync.words() + "."))
        .orElseGet(
            () ->
                failed(
                    "found %s within %d s, wanted all: see the log of the database of %s, then retry"
                        .formatted(last[0].words(), wanted.getTimeoutMilliseconds() / 1000, side)));
  }

  private Outcome.Builder proveGate(ProveGate wanted) throws DatabaseFailure {
    return proveGate(
        WireSides.fromWire(wanted.getRole())
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "found no role to prove the gate for, wanted main or backup: name it")));
  }

  private Outcome.Builder proveGate(Role role) throws DatabaseFailure {
    return switch (engine.probe()) {
      case GateProof.Accepted() ->
          role == Role.MAIN
              ? done("A client was let into database " + side + " and could write.")
              : failed(
                  "found a client let into database "
                      + side
                      + ", wanted it held out: set it backup again");
      case GateProof.Refused(var words) ->
          role == Role.BACKUP
              ? done("A client was held out of database " + side + ": " + words)
              : failed(
                  "found a client held out of database "
                      + side
                      + " ("
                      + words
                      + "), wanted it let in: set it main again");
    };
  }

  private static org.gemel.wire.protocol.SequenceValue toWire(SequenceValue sequence) {
    return org.gemel.wire.protocol.SequenceValue.newBuilder()
        .setName(sequence.name())
        .setValue(sequence.value())
        .setCalled(sequence.called())
        .build();
  }

  @Override
  public void report(Report.Builder report) throws InterruptedException {
    var status =
        reading
            .read(PATIENCE)
            .orElseGet(
                () ->
                    new DatabaseStatus.Unreachable(
                        "found no answer within "
                            + PATIENCE.toMillis()
                            + " ms, wanted the database's state: see whether its server runs"));
    boolean reachable = status instanceof DatabaseStatus.Online;
    report.setDatabase(
        DatabaseStates.of(
            status,
            reachable ? counted.known(PAUSE) : Optional.empty(),
            reachable ? definitions.known(PAUSE) : Optional.empty()));
  }
}
