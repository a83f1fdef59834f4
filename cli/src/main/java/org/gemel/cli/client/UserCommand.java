package org.gemel.cli.client;

import java.util.Arrays;
import java.util.Map;
import org.gemel.cli.Output;
import org.gemel.control.people.UserView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Users. */
@Command(
    name = "user",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description =
        "The people who may log in. Passwords are asked for, or read from standard input.",
    footer = {"", "Example:", "  gemel user add maria --role administrator"})
final class UserCommand {
  @Command(
      description = "Lists the users.",
      footer = {"", "Example:", "  gemel user list"})
  int list(@Mixin ConnectionOptions connection) {
    Output output = connection.output();
    String json = connection.client().get("/users");
    output.data(
        json,
        () ->
            Arrays.stream(ControlClient.read(json, UserView[].class))
                .forEach(u -> output.line("%-20s %s".formatted(u.name(), u.role().words()))));
    return 0;
  }

  @Command(
      description = "Adds a user.",
      footer = {"", "Example:", "  gemel user add maria --role administrator"})
  int add(
      @Mixin ConnectionOptions connection,
      @Mixin ChangeOptions change,
      @Option(
              names = "--role",
              defaultValue = "viewer",
              paramLabel = "ROLE",
              description = "administrator or viewer; default ${DEFAULT-VALUE}")
          String role,
      @Parameters(paramLabel = "NAME") String name) {
    if (change.dryRun()) {
      connection.output().line("would add user " + name + " (" + role + ")");
      return 0;
    }
    ControlClient client = connection.client();
    client.post(
        "/users", Map.of("name", name, "password", Questions.password("Password"), "role", role));
    connection.output().note("added user " + name);
    return 0;
  }

  @Command(
      description = "Sets a user's password; their sessions end.",
      footer = {"", "Example:", "  gemel user passwd maria"})
  int passwd(
      @Mixin ConnectionOptions connection,
      @Mixin ChangeOptions change,
      @Parameters(paramLabel = "NAME") String name) {
    if (change.dryRun()) {
      connection.output().line("would set the password of " + name);
      return 0;
    }
    connection
        .client()
        .post(
            "/users/" + ControlClient.part(name) + "/password",
            Map.of("password", Questions.password("New password")));
    connection.output().note("set the password of " + name);
    return 0;
  }

  @Command(
      description = "Removes a user; their sessions and tokens end.",
      footer = {"", "Example:", "  gemel user remove maria --yes"})
  int remove(
      @Mixin ConnectionOptions connection,
      @Mixin ChangeOptions change,
      @Parameters(paramLabel = "NAME") String name) {
    if (change.dryRun()) {
      connection.output().line("would remove user " + name);
      return 0;
    }
    Questions.ask(change, "Remove user " + name + "?");
    connection.client().delete("/users/" + ControlClient.part(name));
    connection.output().note("removed user " + name);
    return 0;
  }
}
