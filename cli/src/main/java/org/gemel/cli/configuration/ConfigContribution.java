package org.gemel.cli.configuration;

import org.gemel.cli.CommandContribution;

/** Brings {@code gemel config}. */
public final class ConfigContribution implements CommandContribution {
  @Override
  public String name() {
    return "config";
  }

  @Override
  public Object command() {
    return new ConfigCommand();
  }
}
