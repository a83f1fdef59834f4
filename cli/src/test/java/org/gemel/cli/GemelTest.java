package org.gemel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.gemel.control.api.Principal;
import org.gemel.control.api.RunState;
import org.gemel.control.api.RunView;
import org.gemel.control.api.StepState;
import org.gemel.control.fake.FakeControlPoint;
import org.gemel.control.fake.SceneRuns;
import org.gemel.control.fake.Scenes;
import org.gemel.control.people.SessionLimits;
import org.gemel.control.people.Sessions;
import org.gemel.control.people.Tokens;
import org.gemel.control.people.UserRole;
import org.gemel.control.people.Users;
import org.gemel.control.web.WebServer;
import org.gemel.control.web.WebSettings;
import org.gemel.ledger.MemoryLedger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

@SuppressWarnings("NullAway.Init")
class GemelTest {
  private static final Principal ADMIN = new Principal("admin", true);

  private final FakeControlPoint control = new FakeControlPoint(Scenes.normal());
  private final MemoryLedger ledger = new MemoryLedger();
  private final Users users = Users.forTests(ledger, control);
  private final Tokens tokens = new Tokens(ledger, control, users);
  private WebServer server;

  @TempDir private Path folder;
  private Path config;
  private String out = "";
  private String error = "";

  @BeforeEach
  void start() throws IOException {
    users.addFirst("admin", "correct horse");
    users.add(ADMIN, "guest", "correct horse", UserRole.VIEWER);
    server = serve(0);
    config = folder.resolve("client.yaml");
    remember(tokens.create(ADMIN, UserRole.ADMINISTRATOR, "").token());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private WebServer serve(int port) {
    Sessions sessions = new Sessions(ledger, control, users, SessionLimits.DEFAULT);
    WebServer started = new WebServer(control, users, tokens, sessions, WebSettings.loopback(port));
    started.start();
    return started;
  }

  private void remember(String token) throws IOException {
    Files.writeString(config, "control:\n  - " + server.url() + "\ntoken: " + token + "\n");
  }

  private int gemel(String... arguments) {
    StringWriter toOut = new StringWriter();
    StringWriter toError = new StringWriter();
    int code = Gemel.run(new PrintWriter(toOut), new PrintWriter(toError), arguments);
    out = toOut.toString();
    error = toError.toString();
    return code;
  }

  private int asked(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--config");
    all.add(config.toString());
    return gemel(all.toArray(String[]::new));
  }

  @Test
  void statusSaysTheSentenceAndEachSide() {
    assertThat(asked("status")).isZero();
    assertThat(out)
        .startsWith("newsroom: X is main, Y follows it.")
        .contains("good     X ")
        .contains("running as replication master")
        .doesNotContain("\u001b");
    assertThat(error).isEmpty();
  }

  @Test
  void statusAsJsonIsOneDocumentOnStandardOutput() {
    assertThat(asked("status", "-o", "json")).isZero();
    JsonNode status = Output.JSON.readTree(out);
    assertThat(status.path("mode").asString()).isEqualTo("MIRRORED");
    assertThat(status.path("x").path("role").asString()).isEqualTo("MAIN");
    assertThat(asked("status", "-o", "yaml")).isZero();
    assertThat(out).contains("mode: \"MIRRORED\"");
  }

  @Test
  void statusEndsWithNineWhereASideIsUnknown() {
    control.show(Scenes.unknownSide());
    assertThat(asked("status")).isEqualTo(9);
  }

  @Test
  @Tag("M-11")
  void aRunningCopyIsShownTableByTable() {
    assertThat(asked("database", "status")).isZero();
    assertThat(out).doesNotContain("copy into");
    control.show(Scenes.copying());
    assertThat(asked("database", "status")).isZero();
    assertThat(out)
        .contains("copy into Y: 12 tables, of which 6 wait, 1 in work, 2 here, 3 following")
        .contains("1,234,567 of about 5,000,000 rows, 400 MiB of 935 MiB, 52.0 MiB/s")
        .contains("about 10 s left, 4 indexes to build")
        .containsPattern(
            "public.assets +copying +123,456 of about 4,000,000 +40.0 MiB of 900 MiB +52.0 MiB/s"
                + " +about 16 s left");
    assertThat(asked("database", "status", "-o", "json")).isZero();
    JsonNode copy = Output.JSON.readTree(out).get(1).path("copy");
    assertThat(copy.path("secondsLeft").asLong()).isEqualTo(10);
    assertThat(copy.path("inWork").get(0).path("rows").asLong()).isEqualTo(123_456);
    assertThat(Output.JSON.readTree(out).get(0).path("copy").isNull()).isTrue();
  }

  @Test
  void whatAStartMayDropGoesWithIt() {
    assertThat(asked("database", "start", "X", "--confirm", "Y", "--drop", "1a2b", "--no-wait"))
        .as(error)
        .isZero();
    assertThat(control.dropped).isEqualTo("1a2b");
  }

  @Test
  void anAutomaticRunThatMeetsThePointOfNoReturnWaitsForAPerson() {
    control.show(Scenes.atThePointOfNoReturn());
    assertThat(asked("run", "resume")).isEqualTo(3);
    assertThat(out).contains("run r-0042 waits for a person");
    assertThat(asked("run", "confirm", "11")).isEqualTo(5);
    assertThat(error).contains("--confirm");
    assertThat(asked("run", "confirm", "11", "--confirm", "Y")).isEqualTo(5);
    assertThat(asked("run", "confirm", "11", "--confirm", "x")).isZero();
    assertThat(control.asked).contains("CONFIRM 11-confirm X");
  }

  @Test
  @Tag("M-21")
  void whatAStartWithinARunMayDropGoesWithTheConfirmationAndWithARetry() {
    control.show(Scenes.atThePointOfNoReturn());
    assertThat(asked("run", "confirm", "11", "--confirm", "X", "--drop", "1a2b")).isZero();
    assertThat(control.dropped).isEqualTo("1a2b");
    control.show(Scenes.failures());
    assertThat(asked("run", "retry", "7", "--drop", "3c4d", "--no-wait")).as(error).isZero();
    assertThat(control.dropped).isEqualTo("3c4d");
  }

  @Test
  @Tag("M-11")
  void whatIsNotOfNowSaysFromWhenItIs() {
    control.show(Scenes.failures());
    asked("status");
    assertThat(out).containsOnlyOnce("4,812 assets (assets as of 03:12:00, 40 s ago)");
    asked("database", "status");
    assertThat(out).containsOnlyOnce("40 s ago");
  }

  @Test
  @Tag("B-05")
  void aStartedRunIsFollowedThroughARestartOfTheControlPoint() throws Exception {
    int port = java.net.URI.create(server.url()).getPort();
    Thread facility =
        Thread.ofVirtual()
            .start(
                () -> {
                  RunView run = awaitRun();
                  server.stop();
                  for (RunView.StepView step : run.steps()) {
                    run =
                        SceneRuns.withStep(
                            run,
                            step.key(),
                            s -> SceneRuns.settle(s, StepState.DONE, "gemel", "", Scenes.NOW));
                  }
                  control.show(
                      Scenes.withRun(
                          Scenes.normal(),
                          SceneRuns.withState(run, RunState.FINISHED, "All done.", Scenes.NOW)));
                  server = serve(port);
                });
    assertThat(asked("run", "start", "split-x", "--auto")).isZero();
    facility.join();
    assertThat(out).isEqualTo("run r-0043 finished: All done.\n");
    assertThat(error).contains("[ 2/2] done        Set the database of Y main.");
  }

  /** Until the command line has begun to follow it. */
  private RunView awaitRun() {
    while (control.runReads.get() == 0) {
      Thread.onSpinWait();
    }
    return control.run("r-0043").orElseThrow();
  }

  @Test
  void aFailedRunEndsWithFourAndItsId() {
    control.show(Scenes.failures());
    assertThat(asked("run", "resume", "--wait", "r-0042")).isEqualTo(4);
    assertThat(asked("run", "resume", "--wait=5 days")).isEqualTo(2);
    assertThat(error).contains("wanted such as 90s");
    assertThat(asked("run", "resume", "--wait=2m")).isEqualTo(4);
    assertThat(out).contains("r-0042");
    assertThat(error).contains("edit-2");
  }

  @Test
  void singleControlsAskForWhatTheyOverwriteAndDryRunsChangeNothing() {
    assertThat(asked("database", "start", "X", "--dry-run")).isZero();
    assertThat(out).contains("becomes a copy");
    assertThat(control.asked).isEmpty();
    assertThat(asked("database", "start", "X")).isEqualTo(5);
    assertThat(error).contains("--confirm Y");
    assertThat(asked("database", "start", "X", "--confirm", "Y")).isZero();
    assertThat(asked("device", "switch", "--to", "Y", "edit-1", "edit-2")).isZero();
    assertThat(control.asked.getLast()).contains("devices=[edit-1, edit-2]");
    assertThat(asked("run", "skip", "3")).isEqualTo(5);
    assertThat(asked("database", "set-main", "Z")).isEqualTo(2);
  }

  @Test
  @Tag("M-40")
  void theDatabasesAreLookedOverWithTheirCures() {
    assertThat(asked("database", "check")).isEqualTo(3);
    assertThat(out)
        .contains("blocker  X  replica-identity  public.\"Log\"")
        .contains("ALTER TABLE public.\"Log\" REPLICA IDENTITY FULL;")
        .contains("then restart the database server of Y")
        .endsWith("is blocked: 1 blocker, 1 warning.\n");
    assertThat(asked("database", "check", "X", "-o", "json")).isEqualTo(3);
    JsonNode finding = Output.JSON.readTree(out).path("findings").get(0);
    assertThat(finding.path("level").asString()).isEqualTo("BLOCKER");
    assertThat(finding.path("commands")).hasSize(1);
    assertThat(asked("database", "check", "Y")).isZero();
    assertThat(asked("database", "check", "--nagios")).isEqualTo(2);
    assertThat(out).startsWith("GEMEL DATABASE CRITICAL - ").hasLineCount(1);
    assertThat(asked("database", "check", "--nagios", "Y")).isZero();
    assertThat(asked("database", "check", "Z")).isEqualTo(2);
    assertThat(control.asked).isEmpty();
  }

  @Test
  @Tag("B-10")
  void whatWouldBeLostIsShownWithTheHashThatApprovesIt() {
    assertThat(asked("database", "preview", "X")).isZero();
    assertThat(out)
        .contains("public.assets: 1 lost, 1 replaced, 0 come back, 3 only main changed")
        .contains("lost      {\"7\"}")
        .endsWith("HASH ab12\n");
    assertThat(asked("preview", "restore", "X", "-o", "json")).isZero();
    JsonNode preview = Output.JSON.readTree(out);
    assertThat(preview.path("hash").asString()).isEqualTo("ab12");
    assertThat(preview.path("tables").get(0).path("examples").get(1).path("fate").asString())
        .isEqualTo("REPLACED");
    assertThat(asked("database", "rejoin", "X", "--confirm", "Y", "--preview", "ab12")).isZero();
    assertThat(control.asked.getLast()).contains("name=database-rejoin", "preview=ab12");
  }

  @Test
  @Tag("M-55")
  void profilesArePausedResumedRunAndComparedByName() {
    assertThat(asked("folders", "pause", "--now", "config")).isZero();
    assertThat(control.asked.getLast())
        .contains("name=folders-pause", "side=null", "profile=config", "now=true");
    assertThat(asked("folders", "resume")).isZero();
    assertThat(control.asked.getLast()).contains("name=folders-resume", "profile=null");
    assertThat(asked("folders", "run", "projects")).isZero();
    assertThat(control.asked.getLast()).contains("name=folders-run", "profile=projects");
    assertThat(asked("folders", "verify", "--content", "projects")).isZero();
    assertThat(control.asked.getLast()).contains("name=folders-verify", "content=true");
    int before = control.asked.size();
    assertThat(asked("folders", "pause", "--dry-run")).isZero();
    assertThat(control.asked).hasSize(before);
  }

  @Test
  @Tag("B-24")
  void theDatabasesAreComparedFromWhicheverIsMain() {
    assertThat(asked("database", "compare")).isZero();
    assertThat(control.asked.getLast()).contains("name=database-compare", "side=null");
    assertThat(asked("database", "compare", "--share", "10", "--anew")).isZero();
    assertThat(control.asked.getLast()).contains("percentOfTime=10", "anew=true");
    assertThat(asked("database", "compare", "--share", "101")).isEqualTo(2);
    assertThat(asked("database", "repair", "Y", "--confirm", "Y")).isZero();
    assertThat(control.asked.getLast()).contains("name=database-repair", "side=Y", "confirm=Y");
  }

  @Test
  @Tag("M-57")
  void theHistoryOfPassesIsShownAndIsOneDocument() {
    assertThat(asked("folders", "history")).isZero();
    assertThat(out.lines()).hasSize(3);
    assertThat(out)
        .contains("config", "complete", "incomplete", "3s", "2 failed, first cut 7/a.mov");
    assertThat(asked("folders", "history", "projects", "--limit", "1", "-o", "json")).isZero();
    JsonNode history = Output.JSON.readTree(out);
    assertThat(history.path("passes")).hasSize(1);
    assertThat(history.path("passes").get(0).path("outcome").asString()).isEqualTo("INCOMPLETE");
    assertThat(history.path("silent")).isEmpty();
    assertThat(asked("folders", "history", "nothing")).isZero();
    assertThat(error).contains("no pass is remembered");
  }

  @Test
  @Tag("M-55")
  void theStatusOfTheFolderMirrorTellsLagAndHowFarThePassIs() {
    assertThat(asked("folders", "status")).isZero();
    assertThat(out)
        .contains("lag 50s")
        .contains("all content compared equal 3 h ago")
        .contains("at work: 19 files, 45 KiB moved, 22 KiB/s, 2s left, at playout/server.xml");
    assertThat(asked("folders", "status", "-o", "json")).isZero();
    JsonNode profile = Output.JSON.readTree(out).path("profiles").get(0);
    assertThat(profile.path("progress").path("secondsLeft").asInt()).isEqualTo(2);
    assertThat(profile.path("lagSeconds").asInt()).isEqualTo(50);
    assertThat(profile.path("pausedSince").isNull()).isTrue();
    assertThat(profile.path("scrub").path("certificate").path("epoch").asString()).isEqualTo("7");
  }

  @Test
  @Tag("M-08")
  void aViewerIsNotAllowed() throws IOException {
    remember(tokens.create(new Principal("guest", false), UserRole.VIEWER, "").token());
    assertThat(asked("status")).isZero();
    assertThat(asked("run", "start", "split-x")).isEqualTo(8);
    assertThat(error).contains("viewer");
    remember("gemel_000000000000_" + "x".repeat(43));
    assertThat(asked("status")).isEqualTo(8);
  }

  @Test
  void exitCodesForWhatIsNotUnderstoodAndNotReached() {
    assertThat(gemel("status", "--nonsense")).isEqualTo(2);
    assertThat(gemel("stattus")).isEqualTo(2);
    server.stop();
    assertThat(asked("status")).isEqualTo(6);
    assertThat(out).isEmpty();
    assertThat(error).contains("cannot reach the control point");
  }

  @Test
  void anUnknownKeyInTheClientsFileIsAnError() throws IOException {
    Files.writeString(config, "controll: http://127.0.0.1:1\n");
    assertThat(asked("status")).isEqualTo(2);
    assertThat(error).contains("controll").contains("wanted only control, ca and token");
  }

  @Test
  void logInKeepsATokenReadableByItsOwnerOnly() throws IOException {
    Files.delete(config);
    var in = System.in;
    System.setIn(
        new java.io.ByteArrayInputStream(
            "correct horse\n".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    try {
      assertThat(asked("login", server.url(), "--user", "admin")).isZero();
    } finally {
      System.setIn(in);
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(config)))
        .isEqualTo("rw-------");
    assertThat(Files.readString(config)).doesNotContain("correct horse");
    assertThat(asked("user", "list")).isZero();
    assertThat(out).contains("admin                administrator");
  }

  @Test
  @Tag("M-28")
  void everyCommandHasHelpWithAnExample() {
    CommandLine root = Gemel.commandLine("--help");
    List<CommandLine> all = new ArrayList<>();
    collect(root, all);
    assertThat(all).hasSizeGreaterThan(40);
    for (CommandLine command : all) {
      String help = command.getUsageMessage();
      assertThat(help.toLowerCase(Locale.ROOT))
          .as(command.getCommandSpec().qualifiedName())
          .contains("example");
    }
    assertThat(gemel("completion", "bash")).isZero();
    assertThat(out).contains("set-backup");
    assertThat(gemel("--version")).isZero();
    assertThat(out).startsWith("gemel ");
  }

  private static void collect(CommandLine command, List<CommandLine> all) {
    all.add(command);
    command.getSubcommands().values().forEach(sub -> collect(sub, all));
  }

  @Test
  void optionsThatEveryCommandHasMayStandBeforeItsName() {
    assertThat(Gemel.optionsLast("--config", "f.yaml", "-o", "json", "run", "show"))
        .containsExactly("run", "show", "--config", "f.yaml", "-o", "json");
    assertThat(Gemel.optionsLast("run", "show", "--config", "f"))
        .containsExactly("run", "show", "--config", "f");
    assertThat(Gemel.optionsLast("--help")).containsExactly("--help");
  }
}
