package org.gemel.agent.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import org.gemel.agent.journal.Begun;
import org.gemel.agent.journal.CommandJournal;
import org.gemel.wire.protocol.Command;
import org.gemel.wire.protocol.Command.ActionCase;
import org.gemel.wire.protocol.Outcome;
import org.gemel.wire.protocol.Progress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes commands from the control point: each is journalled, carried out once by the part it
 * concerns, its outcome journalled, and only then told.
 *
 * <p>A command that comes again while it is under way is not begun a second time; its outcome will
 * be told to whoever is connected then. If the journal takes no outcome, the agent must end: it
 * could otherwise tell an outcome now and do the command again after a restart.
 */
public final class CommandDesk {
  private static final Logger LOG = LoggerFactory.getLogger(CommandDesk.class);

  /** Where answers go. A line that is down may drop them: outcomes are told again when it is up. */
  public interface Answers {
    void outcome(Outcome outcome);

    void progress(Progress progress);

    /** The agent cannot keep its promises any more and has to end. */
    void broken(IOException cause);
  }

  private final CommandJournal journal;
  private final Map<ActionCase, DevicePart> parts = new EnumMap<>(ActionCase.class);
  private final Answers answers;
  private final Lanes lanes = new Lanes();
  private final Set<String> underWay = new LinkedHashSet<>();

  public CommandDesk(CommandJournal journal, List<DevicePart> parts, Answers answers) {
    this.journal = journal;
    this.answers = answers;
    for (var part : parts) {
      for (var action : part.actions()) {
        if (this.parts.put(action, part) != null) {
          throw new IllegalArgumentException("two parts carry out " + action);
        }
      }
    }
  }

  /** Goes on with what was begun before the agent ended. */
  public void resume() {
    for (var command : journal.unfinished()) {
      LOG.info("going on with {} {}", command.getActionCase(), command.getId());
      synchronized (underWay) {
        underWay.add(command.getId());
      }
      dispatch(command);
    }
  }

  /** A command has come in. */
  public void accept(Command command) {
    Begun begun;
    boolean act;
    // Together: a command that finishes just now must not be begun again between the two looks.
    synchronized (underWay) {
      try {
        begun = journal.begin(command);
      } catch (IOException full) {
        answers.outcome(notJournalled(command, full));
        return;
      }
      act =
          (begun instanceof Begun.Fresh || begun instanceof Begun.Again)
              && underWay.add(command.getId());
    }
    if (act) {
      dispatch(command);
    }
    switch (begun) {
      case Begun.Fresh() -> {}
      case Begun.Again() -> {}
      case Begun.Finished(Outcome outcome) -> answers.outcome(outcome);
      case Begun.Refused(Outcome outcome) -> {
        LOG.warn("refused {} {}: {}", command.getActionCase(), command.getId(), outcome.getWords());
        answers.outcome(outcome);
      }
    }
  }

  /** Nothing was begun, and nothing is promised. */
  private static Outcome notJournalled(Command command, IOException full) {
    return Outcomes.failed(
            "found a journal that takes no command ("
                + full.getMessage()
                + "), wanted it on disk before acting: see to the disk of this device, then retry")
        .setCommand(command.getId())
        .build();
  }

  /** The control point has kept the outcome. */
  public void seen(String command) {
    try {
      var unused = journal.forget(command);
    } catch (IOException full) {
      // It stays known, and is told again: nothing is lost by that.
      LOG.warn("cannot forget the seen command {}: {}", command, full.getMessage());
    }
  }

  /** Outcomes nobody is known to have kept. */
  public List<Outcome> unseen() {
    return journal.unseenOutcomes();
  }

  /** Ids of what is being done or waits to be done. */
  public List<String> underWay() {
    synchronized (underWay) {
      return new ArrayList<>(underWay);
    }
  }

  private void dispatch(Command command) {
    var part = parts.get(command.getActionCase());
    Optional<String> lane = part == null ? Optional.empty() : part.lane(command);
    try {
      lanes.run(lane, () -> carryOut(command));
    } catch (RejectedExecutionException ending) {
      LOG.info("{} waits for the next start of the agent", command.getId());
    }
  }

  private void carryOut(Command command) {
    LOG.info("begins {} {}", command.getActionCase(), command.getId());
    Outcome outcome;
    try {
      outcome = perform(command).setCommand(command.getId()).build();
    } catch (InterruptedException ending) {
      LOG.info("{} is cut off by the agent's end and goes on after it", command.getId());
      Thread.currentThread().interrupt();
      return;
    }
    settle(command, outcome);
  }

  private Outcome.Builder perform(Command command) throws InterruptedException {
    var part = parts.get(command.getActionCase());
    if (part == null) {
      return Outcomes.failed(
          "found the command "
              + command.getActionCase()
              + " at a device that has no part for it, wanted one that it is made for: see the device's configuration");
    }
    try {
      return part.perform(command, stages(command.getId()));
    } catch (RuntimeException fault) {
      LOG.error("{} {} failed", command.getActionCase(), command.getId(), fault);
      return Outcomes.failed(
          "found a fault in the agent (" + fault + "), wanted none: see its log, then retry");
    }
  }

  private void settle(Command command, Outcome outcome) {
    synchronized (underWay) {
      try {
        journal.finish(outcome);
      } catch (IOException full) {
        answers.broken(full);
        return;
      }
      underWay.remove(command.getId());
    }
    LOG.info(
        "{} {} {}: {}",
        outcome.getDone() ? "did" : "failed",
        command.getActionCase(),
        command.getId(),
        outcome.getWords());
    answers.outcome(outcome);
  }

  private Stages stages(String command) {
    return (stage, fraction) ->
        answers.progress(
            Progress.newBuilder()
                .setCommand(command)
                .setStage(stage)
                .setFraction(fraction)
                .build());
  }

  /** Cuts off what runs; it goes on after the next start. The journal stays open. */
  public void end() throws InterruptedException {
    lanes.end();
  }
}
