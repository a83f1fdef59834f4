package org.gemel.cli.client;

import java.util.List;
import org.gemel.cli.ExitCode;
import org.gemel.cli.Output;
import org.gemel.control.api.FolderHistory;
import org.gemel.control.api.FolderMirrorStatus;
import org.gemel.control.api.Operation;
import org.gemel.control.api.PairStatus;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The folder mirror. */
@Command(
    name = "folders",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "The folder mirror: one way, from the main side.",
    footer = {
      "",
      "Examples:",
      "  gemel folders start X --confirm Y",
      "  gemel folders pause projects"
    })
final class FoldersCommand {
  @Command(
      description = "Shows the mirror and its profiles.",
      footer = {"", "Example:", "  gemel folders status"})
  int status(@Mixin ConnectionOptions connection) {
    Output output = connection.output();
    FolderMirrorStatus folders =
        connection.client().get("/status", PairStatus.class).folderMirror();
    output.data(
        Output.JSON.writeValueAsString(folders), () -> new FoldersText(output).status(folders));
    return 0;
  }

  @Command(
      description = "Starts the mirror from SIDE; overwrites the other side's folders.",
      footer = {"", "Example:", "  gemel folders start X --confirm Y"})
  int start(
      @Mixin ConnectionOptions connection,
      @Mixin ChangeOptions change,
      @Parameters(paramLabel = "SIDE") String side) {
    return new Operations(connection, change).run("folders-start", side, List.of());
  }

  @Command(
      description = "Stops the mirror on SIDE.",
      footer = {"", "Example:", "  gemel folders stop X"})
  int stop(
      @Mixin ConnectionOptions connection,
      @Mixin ChangeOptions change,
      @Parameters(paramLabel = "SIDE") String side) {
    return new Operations(connection, change).run("folders-stop", side, List.of());
  }

  @Command(
      description = "Runs one pass now, of every profile or of PROFILE; also while paused.",
      footer = {"", "Example:", "  gemel folders run projects"})
  int run(
      @Mixin ConnectionOptions connection,
      @Mixin ChangeOptions change,
      @Parameters(paramLabel = "PROFILE", arity = "0..1") @Nullable String profile) {
    return on("folders-run", connection, change, profile, false, false);
  }

  @Command(
      description = {
        "Pauses the mirror, or PROFILE: no pass begins by itself until it is resumed.",
        "A pass that somebody asks for, and the last pass of a switch, are made all the same."
      },
      footer = {"", "Example:", "  gemel folders pause --now projects"})
  int pause(
      @Mixin ConnectionOptions connection,
      @Mixin ChangeOptions change,
      @Option(
              names = "--now",
              description = "end passes at work between files; otherwise they go on to their end")
          boolean now,
      @Parameters(paramLabel = "PROFILE", arity = "0..1") @Nullable String profile) {
    return on("folders-pause", connection, change, profile, now, false);
  }

  @Command(
      description = "Resumes PROFILE, or everything that is paused.",
      footer = {"", "Example:", "  gemel folders resume"})
  int resume(
      @Mixin ConnectionOptions connection,
      @Mixin ChangeOptions change,
      @Parameters(paramLabel = "PROFILE", arity = "0..1") @Nullable String profile) {
    return on("folders-resume", connection, change, profile, false, false);
  }

  @Command(
      description = {
        "Compares both sides of PROFILE, or of every profile; changes nothing.",
        "Exit: 0 equal, 1 not equal or not all could be compared."
      },
      footer = {"", "Example:", "  gemel folders verify --content projects"})
  int verify(
      @Mixin ConnectionOptions connection,
      @Mixin ChangeOptions change,
      @Option(
              names = "--content",
              description = "read all files instead of trusting equal size and time")
          boolean content,
      @Parameters(paramLabel = "PROFILE", arity = "0..1") @Nullable String profile) {
    int code = on("folders-verify", connection, change, profile, false, content);
    return code == ExitCode.STOPPED.code() ? ExitCode.FAILED.code() : code;
  }

  @Command(
      description = "Shows the passes that ended last, of every profile or of PROFILE.",
      footer = {"", "Example:", "  gemel folders history projects --limit 10 -o json"})
  int history(
      @Mixin ConnectionOptions connection,
      @Option(
              names = "--limit",
              defaultValue = "50",
              paramLabel = "N",
              description = "at most so many, and never more than 200")
          int limit,
      @Parameters(paramLabel = "PROFILE", arity = "0..1") @Nullable String profile) {
    Output output = connection.output();
    String json =
        connection
            .client()
            .get(
                "/folders/history?limit="
                    + limit
                    + (profile == null ? "" : "&profile=" + ControlClient.part(profile)));
    output.data(
        json, () -> new FoldersText(output).history(ControlClient.read(json, FolderHistory.class)));
    return 0;
  }

  private static int on(
      String operation,
      ConnectionOptions connection,
      ChangeOptions change,
      @Nullable String profile,
      boolean now,
      boolean content) {
    return new Operations(connection, change)
        .run(Operation.onFolders(operation, profile, now, content));
  }
}
