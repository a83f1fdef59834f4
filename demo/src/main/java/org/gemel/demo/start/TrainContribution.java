package org.gemel.demo.start;

import org.gemel.cli.CommandContribution;

/** Brings the hidden {@code gemel train}. */
public final class TrainContribution implements CommandContribution {
  @Override
  public String name() {
    return "train";
  }

  @Override
  public Object command() {
    return new TrainCommand();
  }
}
