package org.gemel.cli;

/** How a command ends; a contract with scripts. */
public enum ExitCode {
  /** Done, or ready. */
  DONE(0),
  /** Failed, and nothing was changed. */
  FAILED(1),
  /** The command line is not understood. */
  USAGE(2),
  /** Something must be true first, or a person must act. */
  NOT_READY(3),
  /** Stopped half-way; the run's id was printed and it can go on. */
  STOPPED(4),
  /** Refused as unsafe; the message names the flag that confirms. */
  UNSAFE(5),
  /** No control point can be reached; nothing was asked. */
  UNREACHABLE(6),
  /** The wait was over first; the run goes on. */
  TIMED_OUT(7),
  /** Not allowed, or not logged in. */
  NOT_ALLOWED(8),
  /** Whether it was done is not known. */
  UNKNOWN(9);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  /** The number the process ends with. */
  public int code() {
    return code;
  }
}
