package org.gemel.demo;

import org.gemel.cli.CommandContribution;

/** Brings {@code gemel demo}. */
public final class DemoContribution implements CommandContribution {
  @Override
  public String name() {
    return "demo";
  }

  @Override
  public Object command() {
    return new DemoCommand();
  }
}
