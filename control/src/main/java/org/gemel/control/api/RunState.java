package org.gemel.control.api;

/** Where a run stands. */
public enum RunState {
  /** A step is being done, or the next one is about to be. */
  RUNNING,
  /**
   * Nothing happens until a person does something: a step in guide mode, a tick, a confirmation.
   */
  WAITING,
  /** A step failed; it can be retried, skipped with a reason or undone. */
  FAILED,
  /** Every step is done, done by hand or skipped. */
  FINISHED,
  /** Its ticks were cleared; what was done stays done. */
  RESET;

  /** Whether nothing more can happen in it. */
  public boolean ended() {
    return this == FINISHED || this == RESET;
  }
}
