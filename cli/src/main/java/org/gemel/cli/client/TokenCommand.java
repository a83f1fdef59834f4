package org.gemel.cli.client;

import java.util.Arrays;
import java.util.Map;
import org.gemel.cli.Output;
import org.gemel.control.people.TokenView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tokens of scripts. */
@Command(
    name = "token",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Tokens of scripts. A token is shown once, when it is made.",
    footer = {"", "Example:", "  gemel token create --role viewer --purpose wallboard"})
final class TokenCommand {
  @Command(
      description = "Makes a token of your own.",
      footer = {"", "Example:", "  gemel token create --role viewer --purpose wallboard"})
  int create(
      @Mixin ConnectionOptions connection,
      @Mixin ChangeOptions change,
      @Option(names = "--role", defaultValue = "viewer", paramLabel = "ROLE") String role,
      @Option(names = "--purpose", defaultValue = "", paramLabel = "TEXT") String purpose) {
    Output output = connection.output();
    if (change.dryRun()) {
      output.line("would make a token (" + role + ")");
      return 0;
    }
    String json = connection.client().post("/tokens", Map.of("role", role, "purpose", purpose));
    output.data(json, () -> output.line(Output.JSON.readTree(json).path("token").asString()));
    return 0;
  }

  @Command(
      description = "Lists the tokens.",
      footer = {"", "Example:", "  gemel token list"})
  int list(@Mixin ConnectionOptions connection) {
    Output output = connection.output();
    String json = connection.client().get("/tokens");
    output.data(
        json,
        () ->
            Arrays.stream(ControlClient.read(json, TokenView[].class))
                .forEach(
                    t ->
                        output.line(
                            "%s %-16s %-14s %-9s %s"
                                .formatted(
                                    t.id(),
                                    t.owner(),
                                    t.role().words(),
                                    t.revokedAt() == null ? "valid" : "revoked",
                                    t.purpose()))));
    return 0;
  }

  @Command(
      description = "Ends a token for ever.",
      footer = {"", "Example:", "  gemel token revoke 0123456789ab"})
  int revoke(
      @Mixin ConnectionOptions connection,
      @Mixin ChangeOptions change,
      @Parameters(paramLabel = "ID") String id) {
    if (change.dryRun()) {
      connection.output().line("would revoke token " + id);
      return 0;
    }
    connection.client().delete("/tokens/" + ControlClient.part(id));
    connection.output().note("revoked " + id);
    return 0;
  }
}
