package org.gemel.control.runs;

/**
 * A step did not come about. The message tells the operator what was found, wanted and what to do.
 */
public final class StepFailure extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean refused;

  public StepFailure(String message) {
    this(message, false);
  }

  /**
   * @param refused whether a device answered that it will not, and that it changed nothing
   */
  public StepFailure(String message, boolean refused) {
    super(message);
    this.refused = refused;
  }

  /** False also where nobody knows what was changed. */
  public boolean isRefusal() {
    return refused;
  }

  public StepFailure(String message, Throwable cause) {
    super(message, cause);
    this.refused = false;
  }
}
