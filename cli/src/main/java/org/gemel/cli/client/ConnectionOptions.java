package org.gemel.cli.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.gemel.cli.ExitCode;
import org.gemel.cli.Failure;
import org.gemel.cli.Output;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Which control point, who I am, and how to print. */
public final class ConnectionOptions {
  @Spec(Spec.Target.MIXEE)
  @SuppressWarnings("NullAway.Init")
  private CommandSpec command;

  @Option(
      names = {"-o", "--output"},
      defaultValue = "text",
      paramLabel = "FORMAT",
      description = "${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}")
  private Output.Format format = Output.Format.text;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "default: GEMEL_CONFIG, then ~/.config/gemel/client.yaml")
  private @Nullable Path config;

  @Option(names = "--control", paramLabel = "URL", description = "the control point to ask")
  private @Nullable String control;

  @Option(names = "--token-file", paramLabel = "FILE", description = "a file with the token")
  private @Nullable Path tokenFile;

  @SuppressWarnings("UnusedVariable") // picocli reads it
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this")
  private boolean help;

  Output output() {
    return new Output(command.commandLine(), format);
  }

  Path file() {
    return config == null ? ClientSettings.defaultFile() : config;
  }

  ControlClient client() {
    return new ControlClient(settings());
  }

  ClientSettings settings() {
    Path file = file();
    boolean needed = control == null || config != null || tokenFile == null;
    ClientSettings found =
        needed && (control == null || Files.exists(file))
            ? ClientSettings.read(file)
            : new ClientSettings(List.of(), null, null);
    return new ClientSettings(
        control == null ? found.control() : List.of(control),
        found.ca(),
        tokenFile == null ? token(found) : read(tokenFile));
  }

  /** The stored token goes only to the control points it was stored for. */
  private @Nullable String token(ClientSettings found) {
    boolean foreign = control != null && !found.control().contains(control);
    return foreign ? null : found.token();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new Failure(
          ExitCode.USAGE, "found no readable " + file + ", wanted a file with the token");
    }
  }
}
