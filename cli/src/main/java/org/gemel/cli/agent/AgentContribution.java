package org.gemel.cli.agent;

import org.gemel.cli.CommandContribution;

/** Brings {@code gemel agent}. */
public final class AgentContribution implements CommandContribution {
  @Override
  public String name() {
    return "agent";
  }

  @Override
  public Object command() {
    return new AgentCommand();
  }
}
