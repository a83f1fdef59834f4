package org.gemel.cli.client;

import java.util.Arrays;
import java.util.concurrent.Callable;
import org.gemel.cli.Output;
import org.gemel.control.api.AuditEntry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The audit log. */
@Command(
    name = "audit",
    description = "Shows who did what, newest first.",
    footer = {"", "Example:", "  gemel audit --limit 200 -o json"})
final class AuditCommand implements Callable<Integer> {
  @Mixin private ConnectionOptions connection = new ConnectionOptions();

  @Option(names = "--limit", defaultValue = "50", paramLabel = "N", description = "at most so many")
  private int limit = 50;

  @Override
  public Integer call() {
    Output output = connection.output();
    String json = connection.client().get("/audit?limit=" + limit);
    output.data(
        json,
        () ->
            Arrays.stream(ControlClient.read(json, AuditEntry[].class))
                .forEach(
                    e ->
                        output.line(
                            e.at() + " " + e.who() + ": " + e.what() + ", " + e.outcome())));
    return 0;
  }
}
