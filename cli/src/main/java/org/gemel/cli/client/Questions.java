package org.gemel.cli.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import org.gemel.cli.ExitCode;
import org.gemel.cli.Failure;
import org.gemel.cli.Terminal;

/** Questions to the person at the terminal. */
final class Questions {
  private Questions() {}

  /** A harmless question; a script answers it with {@code --yes}. */
  static void ask(ChangeOptions change, String question) {
    if (change.yes()) {
      return;
    }
    Console console =
        Terminal.find()
            .orElseThrow(
                () ->
                    new Failure(
                        ExitCode.UNSAFE,
                        question + " Found nobody to ask, wanted an answer: give --yes"));
    String answer = console.readLine("%s [y/N] ", question);
    if (answer == null || !answer.strip().equalsIgnoreCase("y")) {
      throw new Failure(ExitCode.FAILED, "left as it is");
    }
  }

  /** A password, not shown; one line of standard input where that is no terminal. */
  static String password(String prompt) {
    String found =
        Terminal.find()
            .map(console -> console.readPassword("%s: ", prompt))
            .map(String::new)
            .orElseGet(Questions::line);
    if (found.isEmpty()) {
      throw new Failure(ExitCode.USAGE, "found no password on standard input, wanted one line");
    }
    return found;
  }

  private static String line() {
    try {
      String line = new BufferedReader(new InputStreamReader(System.in, UTF_8)).readLine();
      return line == null ? "" : line;
    } catch (IOException e) {
      throw new UncheckedIOException("standard input cannot be read", e);
    }
  }
}
