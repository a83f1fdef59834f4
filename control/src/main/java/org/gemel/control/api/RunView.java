package org.gemel.control.api;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run of a workflow.
 *
 * @param automatic false in guide mode
 * @param words what it does or waits for now, one sentence
 */
public record RunView(
    String id,
    String workflow,
    String title,
    RunState state,
    boolean automatic,
    String startedBy,
    Instant startedAt,
    @Nullable Instant endedAt,
    String words,
    List<StepView> steps) {

  /**
   * One step of a run.
   *
   * @param key its number and name in the run, such as "03-stop-browse"; what {@code gemel run do}
   *     takes
   * @param sentence what it does, for people
   * @param spec the line of the requirements that asks for it
   * @param words what came of it, or why it waits; empty before it begins
   * @param by who ticked, confirmed, skipped or did it; empty while pending
   * @param destroys the side that is overwritten by what follows a confirmation, else null
   * @param undoable whether it can be taken back now
   */
  public record StepView(
      String key,
      String sentence,
      StepKind kind,
      String spec,
      StepState state,
      int attempts,
      String words,
      String by,
      @Nullable Instant begunAt,
      @Nullable Instant endedAt,
      @Nullable String destroys,
      boolean undoable) {}
}
