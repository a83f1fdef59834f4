package org.gemel.control.runs;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gemel.control.api.Refusal;
import org.gemel.control.api.RunState;
import org.gemel.control.api.StepState;
import org.gemel.core.Side;
import org.jspecify.annotations.Nullable;

/**
 * A run as it is journalled: the whole truth about how far it got.
 *
 * @param operation a single control rather than a workflow; it does not become the current run
 * @param tickManual manual steps tick themselves
 * @param confirm the side that may be overwritten without asking again
 */
public record RunDocument(
    String id,
    String workflow,
    String title,
    boolean operation,
    boolean automatic,
    boolean tickManual,
    @Nullable Side confirm,
    String startedBy,
    Instant startedAt,
    @Nullable Instant endedAt,
    RunState state,
    String words,
    List<StepDocument> steps) {

  public RunDocument {
    steps = List.copyOf(steps);
  }

  /** The first step that is not settled; empty when all are. */
  Optional<StepDocument> next() {
    return steps.stream().filter(s -> !s.state().settled()).findFirst();
  }

  /** A step that was begun and whose end is not journalled. */
  Optional<StepDocument> underWay() {
    return steps.stream()
        .filter(s -> s.state() == StepState.BEGUN || s.state() == StepState.PERFORMED)
        .findFirst();
  }

  /**
   * Finds a step by its key, its number or its type.
   *
   * @throws Refusal if there is none
   */
  StepDocument step(String name) {
    String number = name.matches("[0-9]{1,2}") ? "%02d-".formatted(Integer.parseInt(name)) : name;
    return steps.stream()
        .filter(s -> s.key().equals(name) || s.key().startsWith(number))
        .findFirst()
        .orElseThrow(
            () ->
                new Refusal(
                    Refusal.Reason.UNKNOWN_NAME,
                    "found step '"
                        + name
                        + "', wanted one of run "
                        + id
                        + ": "
                        + String.join(", ", steps.stream().map(StepDocument::key).toList())));
  }

  RunDocument with(StepDocument changed) {
    List<StepDocument> newSteps = new ArrayList<>(steps);
    newSteps.replaceAll(s -> s.key().equals(changed.key()) ? changed : s);
    return new RunDocument(
        id,
        workflow,
        title,
        operation,
        automatic,
        tickManual,
        confirm,
        startedBy,
        startedAt,
        endedAt,
        state,
        words,
        newSteps);
  }

  RunDocument with(RunState newState, String newWords, Instant now) {
    return new RunDocument(
        id,
        workflow,
        title,
        operation,
        automatic,
        tickManual,
        confirm,
        startedBy,
        startedAt,
        newState.ended() ? now : null,
        newState,
        newWords,
        steps);
  }

  RunDocument madeAutomatic() {
    return new RunDocument(
        id,
        workflow,
        title,
        operation,
        true,
        tickManual,
        confirm,
        startedBy,
        startedAt,
        endedAt,
        state,
        words,
        steps);
  }
}
