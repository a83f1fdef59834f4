package org.gemel.postgres;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How to run a server in the foreground. Whoever starts this owns the server: the process started
 * is the server's own first process, so ending that process ends the server.
 *
 * @param arguments the program and its arguments
 * @param environment variables to set on top of the starter's own
 * @param folder the folder to start it in
 */
public record ServerCommand(List<String> arguments, Map<String, String> environment, Path folder) {
  public ServerCommand {
    arguments = List.copyOf(arguments);
    environment = Map.copyOf(environment);
  }

  /** A builder of that process; its output still goes where the caller says. */
  public ProcessBuilder processBuilder() {
    ProcessBuilder builder = new ProcessBuilder(arguments).directory(folder.toFile());
    builder.environment().putAll(environment);
    return builder;
  }
}
