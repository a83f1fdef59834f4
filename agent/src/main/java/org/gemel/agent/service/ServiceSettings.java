package org.gemel.agent.service;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A program that is to run on this device.
 *
 * @param name letters, digits, dot, hyphen and underscore, for it names files
 * @param command the program and its arguments; it must stay in the foreground
 * @param directory the folder it runs in
 * @param environment what is added to the agent's own environment
 * @param log the file its output is appended to
 * @param variants its configurations per side, where it has them
 * @param grace how long it may take to end by itself before it is killed
 */
public record ServiceSettings(
    String name,
    List<String> command,
    Path directory,
    Map<String, String> environment,
    Path log,
    Optional<ServiceVariants> variants,
    Duration grace) {
  public static final Duration DEFAULT_GRACE = Duration.ofSeconds(5);
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}");

  public ServiceSettings {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "found service name '"
              + name
              + "', wanted letters, digits, '.', '-' and '_': give the service another name");
    }
    if (command.isEmpty()) {
      throw new IllegalArgumentException(
          "found no command for service " + name + ", wanted the program that is to run: name it");
    }
    if (grace.isNegative()) {
      throw new IllegalArgumentException(
          "found grace " + grace + " for service " + name + ", wanted 0 or more: change it");
    }
  }

  /** A service without environment of its own and without variants. */
  public ServiceSettings(String name, List<String> command, Path directory, Path log) {
    this(name, command, directory, Map.of(), log, Optional.empty(), DEFAULT_GRACE);
  }
}
