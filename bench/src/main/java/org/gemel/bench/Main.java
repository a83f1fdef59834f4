package org.gemel.bench;

import picocli.CommandLine;

/** Starts the bench. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    CommandLine command = new CommandLine(new BenchCommand());
    command.setExecutionExceptionHandler(
        (failure, line, parsed) -> {
          line.getErr().println("gemel bench: " + failure.getMessage());
          return 1;
        });
    System.exit(command.execute(arguments));
  }
}
