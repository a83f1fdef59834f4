package org.gemel.config.kept;

/** What a machine's first file starts. */
public enum MachineKind {
  /** A device: {@code gemel agent --config FILE}. */
  AGENT("agent"),
  /** A control point: {@code gemel control --config FILE}. */
  CONTROL_POINT("control");

  private final String command;

  MachineKind(String command) {
    this.command = command;
  }

  /** What is typed after {@code gemel} to start it. */
  public String command() {
    return command;
  }
}
