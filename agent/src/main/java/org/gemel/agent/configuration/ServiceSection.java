package org.gemel.agent.configuration;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.gemel.config.Default;

/**
 * A process of the device that its agent looks after.
 *
 * @param command the program and its arguments; not read by a shell
 * @param directory where it runs; the folder of the agent's file if absent
 * @param environment added to the agent's own
 * @param log takes its output; appended to
 * @param autostart whether it runs from the agent's first start on, until it is stopped
 * @param stopGrace how long it may take to end by itself before it is killed
 */
public record ServiceSection(
    String name,
    List<String> command,
    Optional<Path> directory,
    Map<String, String> environment,
    Path log,
    @Default("true") boolean autostart,
    @Default("5s") Duration stopGrace,
    Optional<VariantsSection> variants) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  public ServiceSection {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "found the service name '" + name + "', wanted letters, digits, '.', '_' and '-'");
    }
    if (command.isEmpty()) {
      throw new IllegalArgumentException(
          "found no command for service '" + name + "', wanted a program and its arguments");
    }
  }

  ServiceSection under(Path base) {
    return new ServiceSection(
        name,
        command,
        Optional.of(directory.map(base::resolve).orElse(base).normalize()),
        environment,
        base.resolve(log).normalize(),
        autostart,
        stopGrace,
        variants.map(section -> section.under(base)));
  }
}
