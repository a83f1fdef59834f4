package org.gemel.control.runs;

/**
 * A step did not come about. The message tells the operator what was found, wanted and what to do.
 */
public final class StepFailure extends Exception {
  private static final long serialVersionUID = 1L;

  public StepFailure(String message) {
    super(message);
  }

  public StepFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
