package org.gemel.cli.client;

import java.util.List;
import org.gemel.cli.ExitCode;
import org.gemel.cli.Failure;
import org.gemel.cli.Output;
import org.gemel.control.api.Operation;
import org.gemel.control.api.RunView;
import org.gemel.core.Side;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Single controls: explained under {@code --dry-run}, else done and followed to their end. */
final class Operations {
  private final ConnectionOptions connection;
  private final ChangeOptions change;

  Operations(ConnectionOptions connection, ChangeOptions change) {
    this.connection = connection;
    this.change = change;
  }

  int run(String name, @Nullable String side, List<String> devices) {
    return run(new Operation(name, side(side), devices, change.confirm(), change.preview()));
  }

  int run(Operation operation) {
    Output output = connection.output();
    ControlClient client = connection.client();
    if (change.dryRun()) {
      String json = client.post("/operations/explain", operation);
      output.data(
          json,
          () -> {
            for (JsonNode sentence : Output.JSON.readTree(json).path("sentences")) {
              output.line(sentence.asString());
            }
          });
      return ExitCode.DONE.code();
    }
    RunView run = ControlClient.read(client.post("/operations", operation), RunView.class);
    RunWatch watch = new RunWatch(client, output, change.limit());
    if (!change.waits()) {
      watch.print(run);
      return ExitCode.DONE.code();
    }
    return watch.follow(run);
  }

  static @Nullable Side side(@Nullable String text) {
    try {
      return text == null ? null : Side.parse(text);
    } catch (IllegalArgumentException e) {
      throw new Failure(ExitCode.USAGE, String.valueOf(e.getMessage()));
    }
  }
}
