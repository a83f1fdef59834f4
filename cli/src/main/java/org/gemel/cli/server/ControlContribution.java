package org.gemel.cli.server;

import org.gemel.cli.CommandContribution;

/** Brings {@code gemel control}. */
public final class ControlContribution implements CommandContribution {
  @Override
  public String name() {
    return "control";
  }

  @Override
  public Object command() {
    return new ControlCommand();
  }
}
