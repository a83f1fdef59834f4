package org.gemel.cli.configuration;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.gemel.agent.Enrolment;
import org.gemel.agent.configuration.AgentConfiguration;
import org.gemel.cli.ExitCode;
import org.gemel.cli.Failure;
import org.gemel.config.ConfigurationFault;
import org.gemel.config.kept.KeptMachine;
import org.gemel.config.kept.MachineKind;
import org.gemel.wire.JoinToken;
import org.jspecify.annotations.Nullable;

/** The joining of a replacement. What can be refused is refused before a file is put anywhere. */
record Joining(String machine, JoinToken token) {
  static Optional<Joining> of(KeptMachine kept, @Nullable String shown) {
    if (shown == null) {
      return Optional.empty();
    }
    if (kept.kind() != MachineKind.AGENT) {
      throw new Failure(
          ExitCode.USAGE,
          "found a token for a control point, wanted none: only devices join; nothing was changed");
    }
    return Optional.of(new Joining(kept.machine(), JoinToken.parse(shown)));
  }

  /** Joins at one of the control points that the machine's file names. */
  String join(Path start, Path root) {
    var failures = new StringBuilder();
    try {
      var file = AgentConfiguration.load(start);
      if (!file.identity().startsWith(root)) {
        throw new IOException(
            "its file names the identity " + file.identity() + ", which is not below " + root);
      }
      for (var control : file.control()) {
        try {
          return requireMine(Enrolment.join(control, token, file.identity()));
        } catch (IOException unanswered) {
          failures.append(failures.isEmpty() ? "" : "; ").append(unanswered.getMessage());
        }
      }
    } catch (IOException | ConfigurationFault e) {
      failures.append(e.getMessage());
    }
    throw new Failure(
        ExitCode.STOPPED,
        "the files are in their places, but this machine has not joined: "
            + failures
            + "; wanted a control point that answers and a fresh token of `gemel device join-token "
            + machine
            + "`: give the same command again");
  }

  private String requireMine(String name) {
    if (!name.equals(machine)) {
      throw new Failure(
          ExitCode.STOPPED,
          "found a token of "
              + name
              + ", wanted one of "
              + machine
              + ": this machine has joined under the wrong name; make a token with `gemel device join-token "
              + machine
              + "` and give the same command again before an agent is started");
    }
    return name;
  }
}
