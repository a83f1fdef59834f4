package org.gemel.control.api;

/** Where a step of a run stands. Only {@link #DONE} was proven by reading reality again. */
public enum StepState {
  /** Not begun. */
  PENDING,
  /** Journalled as begun; it may or may not have acted. */
  BEGUN,
  /** Acted; reality is being read again. */
  PERFORMED,
  /** Acted and proven; or ticked or confirmed by a person, where a person does it. */
  DONE,
  /** Did not come about; says why. */
  FAILED,
  /** Left out by a person, with a reason. */
  SKIPPED,
  /** Taken back by its inverse. */
  UNDONE;

  /** Whether the run may go on to the next step. */
  public boolean settled() {
    return this == DONE || this == SKIPPED;
  }
}
