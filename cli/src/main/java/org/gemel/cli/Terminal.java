package org.gemel.cli;

import java.io.Console;
import java.util.Optional;

/** The terminal there may be. */
public final class Terminal {
  private Terminal() {}

  /** Empty where a script, not a person, is at the other end. */
  @SuppressWarnings("SystemConsoleNull") // Java 25 answers null again where there is no terminal
  public static Optional<Console> find() {
    Console console = System.console();
    return console != null && console.isTerminal() ? Optional.of(console) : Optional.empty();
  }
}
