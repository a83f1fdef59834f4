package org.gemel.cli.agent;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.gemel.agent.Enrolment;
import org.gemel.agent.configuration.ControlAddress;
import org.gemel.cli.ExitCode;
import org.gemel.cli.Failure;
import org.gemel.wire.JoinToken;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code gemel agent join}: makes this machine a device of the facility. */
@Command(
    name = "join",
    description =
        "Makes this machine a device: shows the one-time token to the control point, and keeps the certificate it gets.",
    footer = {
      "",
      "Example: gemel agent join --control control.example.org:8444 --token TOKEN --identity /var/lib/gemel/identity"
    })
final class JoinCommand implements Callable<Integer> {
  @Option(names = "--control", required = true, description = "HOST:PORT where agents dial in")
  private String control = "";

  @Option(names = "--token", required = true, description = "the token as it was shown")
  private String token = "";

  @Option(names = "--identity", required = true, description = "folder for key and certificates")
  private Path identity = Path.of("");

  @Override
  public Integer call() {
    try {
      var device = Enrolment.join(ControlAddress.parse(control), JoinToken.parse(token), identity);
      System.out.println("joined as " + device);
      return 0;
    } catch (IllegalArgumentException e) {
      throw new Failure(ExitCode.USAGE, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new Failure(ExitCode.FAILED, String.valueOf(e.getMessage()));
    }
  }
}
