package org.gemel.cli.client;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.gemel.cli.Output;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Log-in: a token for name and password, kept in the client's file. */
@Command(
    name = "login",
    description = "Logs in and keeps a token, readable by you only.",
    footer = {"", "Example:", "  gemel login http://control:8080 --user maria"})
final class LogInCommand implements Callable<Integer> {
  @Mixin private ConnectionOptions connection = new ConnectionOptions();

  @Parameters(paramLabel = "URL")
  private String url = "";

  @Option(names = "--user", paramLabel = "NAME", description = "default: your own name here")
  private String user = System.getProperty("user.name", "");

  @Option(names = "--ca", paramLabel = "FILE", description = "the authority of its certificate")
  private @Nullable Path authority;

  @Override
  public Integer call() {
    String ca = authority == null ? null : authority.toAbsolutePath().toString();
    ControlClient client = new ControlClient(new ClientSettings(List.of(url), ca, null));
    String password = Questions.password("Password of " + user);
    String token =
        Output.JSON
            .readTree(
                client.post(
                    "/login", Map.of("name", user, "password", password, "purpose", "gemel login")))
            .path("token")
            .asString();
    new ClientSettings(List.of(url), ca, token).write(connection.file());
    connection.output().note("logged in as " + user + "; kept in " + connection.file());
    return 0;
  }
}
