package org.gemel.control.api;

/**
 * The control point refuses. The message says what was found, what was wanted and what to do; the
 * reason decides the HTTP status and the exit code of the command line.
 */
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Kinds of refusal. */
  public enum Reason {
    /** The request is not understood: exit 2, HTTP 400. */
    USAGE,
    /** No such thing: exit 2, HTTP 404. */
    UNKNOWN_NAME,
    /** Something must be true first: exit 3, HTTP 409. */
    NOT_READY,
    /** Would harm and was not confirmed: exit 5, HTTP 409. */
    UNSAFE,
    /** Only an administrator may: exit 8, HTTP 403. */
    NOT_ALLOWED
  }

  private final Reason reason;

  public Refusal(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
