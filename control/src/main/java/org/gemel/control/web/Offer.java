package org.gemel.control.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.gemel.control.api.RunState;
import org.gemel.control.api.RunView;
import org.gemel.control.api.RunView.StepView;
import org.gemel.control.api.StepAct;
import org.gemel.control.api.StepKind;
import org.gemel.control.api.StepState;
import org.gemel.core.Side;

/**
 * A button for one step.
 *
 * @param asks whether a dialog comes first
 */
public record Offer(StepAct act, String label, boolean asks) {

  /**
   * The buttons that fit a step's state, the most likely first; the server decides all the same.
   */
  static List<Offer> of(RunView run, StepView step) {
    List<Offer> offers = new ArrayList<>();
    boolean itsTurn = next(run, step);
    if (run.state().ended() || goesOnByItself(run)) {
      return offers;
    }
    switch (step.state()) {
      case PENDING, UNDONE, FAILED -> {
        switch (step.kind()) {
          case SYSTEM -> {
            boolean failed = step.state() == StepState.FAILED;
            offers.add(failed ? retry(step) : new Offer(StepAct.DO, "Do it", !itsTurn));
            offers.add(new Offer(StepAct.DONE, "Done by hand…", true));
            offers.add(new Offer(StepAct.SKIP, "Skip…", true));
          }
          case MANUAL -> {
            offers.add(new Offer(StepAct.DONE, "Tick: done", !itsTurn));
            offers.add(new Offer(StepAct.SKIP, "Skip…", true));
          }
          case CONFIRMATION -> {
            // Confirmed ahead of time it would be worth nothing.
            if (itsTurn) {
              offers.add(new Offer(StepAct.CONFIRM, "Confirm…", true));
            }
          }
        }
      }
      case BEGUN, PERFORMED, DONE, SKIPPED -> {
        // Under way or settled: nothing but perhaps the way back.
      }
    }
    if (step.undoable()) {
      offers.add(new Offer(StepAct.UNDO, "Undo…", true));
    }
    return offers;
  }

  /** A start of the replication asks first: it may have failed for what nobody let it drop. */
  private static Offer retry(StepView step) {
    return startsReplication(step)
        ? new Offer(StepAct.RETRY, "Retry…", true)
        : new Offer(StepAct.RETRY, "Retry", false);
  }

  private static boolean startsReplication(StepView step) {
    return step.key().endsWith("-start-replication");
  }

  /** From which side a database is still to be copied, if this step does it or lets it be done. */
  static Optional<Side> copiesFrom(RunView run, StepView step) {
    boolean concerned =
        startsReplication(step)
            || (step.kind() == StepKind.CONFIRMATION
                && run.steps().stream()
                    .anyMatch(s -> startsReplication(s) && !s.state().settled()));
    return run.steps().stream()
        .map(StepView::destroys)
        .filter(Objects::nonNull)
        .filter(_ -> concerned)
        .map(side -> Side.parse(side).other())
        .findFirst();
  }

  /** Whether it is the first step that is not settled. */
  static boolean next(RunView run, StepView step) {
    return run.steps().stream()
        .filter(s -> !s.state().settled())
        .findFirst()
        .map(StepView::key)
        .filter(step.key()::equals)
        .isPresent();
  }

  private static boolean goesOnByItself(RunView run) {
    return run.state() == RunState.RUNNING && run.automatic();
  }

  /** Whether a dialog must warn that earlier steps are not settled. */
  static boolean outOfOrder(RunView run, StepView step) {
    return step.kind() != StepKind.CONFIRMATION && !step.state().settled() && !next(run, step);
  }
}
