package org.gemel.demo.workload;

import org.gemel.cli.CommandContribution;

/** Brings the hidden {@code gemel demo-workload}. */
public final class WorkloadContribution implements CommandContribution {
  @Override
  public String name() {
    return "demo-workload";
  }

  @Override
  public Object command() {
    return new WorkloadCommand();
  }
}
