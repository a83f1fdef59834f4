package org.gemel.demo.workload;

import picocli.CommandLine;

/** The workload command alone, as the main class of gemel runs it. */
public final class WorkloadProgram {
  private WorkloadProgram() {}

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new WorkloadCommand()).execute(arguments));
  }
}
