package org.gemel.cli.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.gemel.agent.Agent;
import org.gemel.agent.configuration.AgentConfiguration;
import org.gemel.agent.kept.OwnFiles;
import org.gemel.cli.Gemel;
import org.gemel.config.kept.KeptArchive;
import org.gemel.config.kept.RecoveryKey;
import org.gemel.control.server.ControlServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real control point and the agents of both NAS heads: what each is configured by comes to both
 * volumes, and a machine that lost its disk is set up from there.
 */
@SuppressWarnings("NullAway.Init")
final class ReplacementTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path site;
  private final List<Agent> agents = new ArrayList<>();
  private ControlServer control;
  private Path controlFile;
  private String recoveryKey = "";
  private String password = "";
  private String out = "";
  private String error = "";

  @BeforeEach
  void aSiteWhoseMachinesTellTheirConfiguration() throws Exception {
    for (String side : List.of("X", "Y")) {
      Path volume = Files.createDirectory(site.resolve(side));
      Files.writeString(
          volume.resolve(".gemel-volume"), "volume: v" + side + "\nside: " + side + "\n");
      Files.writeString(
          volume.resolve(".gemel-role"),
          "role: " + (side.equals("X") ? "main" : "backup") + "\nepoch: 0\n");
    }
    controlFile = Files.createDirectories(site.resolve("control")).resolve("control.yaml");
    Files.writeString(
        controlFile,
        """
        state: state
        console: {port: %d}
        agents: {port: %d}
        names: []
        copyInterval: 200ms
        """
            .formatted(freePort(), freePort()));
    control = ControlServer.start(controlFile);
    password = Files.readString(site.resolve("control/state/initial-password")).strip();
    recoveryKey = Files.readString(site.resolve("control/state/recovery-key"));
    logIn();
    agents.add(nasHead("X"));
    agents.add(nasHead("Y"));
  }

  private void logIn() {
    var before = System.in;
    System.setIn(new ByteArrayInputStream((password + "\n").getBytes(StandardCharsets.UTF_8)));
    try {
      done("login", control.url(), "--user", "admin", "--config", client());
    } finally {
      System.setIn(before);
    }
  }

  private Agent nasHead(String side) throws Exception {
    String name = name(side);
    done(
        "device",
        "add",
        name,
        "--attachment",
        "dedicated",
        "--component",
        "nas-head",
        "--side",
        side,
        "--config",
        client());
    Path folder = Files.createDirectories(site.resolve(name));
    Files.writeString(folder.resolve("exports"), "/srv/" + side);
    Files.writeString(
        folder.resolve("agent.yaml"),
        """
        device: %s
        control: ["127.0.0.1:%d"]
        identity: identity
        state: state
        reportInterval: 200ms
        keep: [exports]
        folderMirror:
          side: %s
          volumes:
            X: {folder: ../X, volume: vX}
            Y: {folder: ../Y, volume: vY}
          configuration: Configuration
          profiles:
            - {name: configuration, folder: Configuration, schedule: every 1s}
        """
            .formatted(name, control.agentsPort(), side));
    done(
        "agent",
        "join",
        "--control",
        "127.0.0.1:" + control.agentsPort(),
        "--token",
        token(name),
        "--identity",
        folder.resolve("identity").toString());
    return start(name);
  }

  private static String name(String side) {
    return "nas-" + side.toLowerCase(java.util.Locale.ROOT);
  }

  private String token(String name) {
    done("device", "join-token", name, "--config", client());
    return out.strip();
  }

  private Agent start(String name) throws IOException {
    Path file = site.resolve(name).resolve("agent.yaml");
    AgentConfiguration read = AgentConfiguration.load(file);
    return Agent.start(read, OwnFiles.of(file, read), InstantSource.system());
  }

  @AfterEach
  void end() throws Exception {
    for (Agent agent : agents) {
      agent.end();
    }
    control.close();
  }

  @Test
  @Tag("M-06")
  @Tag("M-63")
  void aLostControlPointAndALostNasHeadAreSetUpFromTheBackupsVolume() throws Exception {
    mirrorFromX();
    awaitKept("Y", "nas-x", "nas-y", "control-point");

    // X's NAS head and the control point lose their disks in the same night.
    control.close();
    agents.removeFirst().end();
    delete(site.resolve("control"));
    delete(site.resolve("nas-x"));

    Path key = Files.writeString(site.resolve("key.txt"), recoveryKey);
    done("config", "retrieve", "control-point", "--from", kept("Y"), "--recovery-key", key + "");
    control = ControlServer.start(controlFile);
    // The one that was left alone comes back by itself: it knows this authority.
    awaitDevice("nas-y");
    // Given again while it runs, it is set aside at the next start.
    done("config", "retrieve", "control-point", "--from", kept("Y"), "--recovery-key", key + "");
    control.close();
    control = ControlServer.start(controlFile);
    awaitDevice("nas-y");
    // The people and their tokens are the same.
    done("device", "list", "--config", client());
    assertThat(out).contains("nas-x").contains("nas-y");

    done("config", "retrieve", "nas-x", "--from", kept("Y"), "--token", token("nas-x"));
    assertThat(out).contains("joined as nas-x").contains("gemel agent --config");
    assertThat(site.resolve("nas-x/exports")).hasContent("/srv/X");
    agents.add(start("nas-x"));
    awaitDevice("nas-x");
  }

  @Test
  @Tag("M-63")
  void withoutTheRecoveryKeyNothingOfAControlPointIsChanged() throws Exception {
    awaitKept("X", "control-point");
    int code = gemel("config", "retrieve", "control-point", "--from", kept("X"), "--root", other());
    assertThat(code).isEqualTo(3);
    assertThat(error).contains("wanted the recovery key");
    assertThat(site.resolve("other")).isEmptyDirectory();
    // What lies on a volume that clients mount tells none of the secrets.
    Path secret = site.resolve("control/state/ledger-secret");
    assertThat(
            new String(
                Files.readAllBytes(Path.of(kept("X"), "control-point.zip")),
                StandardCharsets.ISO_8859_1))
        .doesNotContain(Files.readString(secret).strip());
  }

  @Test
  @Tag("M-63")
  void whatCannotJoinIsToldBeforeOrAfterTheFilesArePlacedAsItIs() throws Exception {
    awaitKept("X", "nas-x", "control-point");
    assertThat(gemel("config", "retrieve", "nas-x", "--from", kept("X"), "--token", "mistyped"))
        .isEqualTo(2);
    String wrong = token("nas-y");
    assertThat(gemel("config", "retrieve", "nas-x", "--from", kept("X"), "--token", wrong))
        .isEqualTo(4);
    assertThat(error).contains("found a token of nas-y, wanted one of nas-x");
    done("config", "retrieve", "nas-x", "--from", kept("X"), "--token", token("nas-x"));
  }

  @Test
  @Tag("M-63")
  void theKeeperOfAnotherControlPointIsNotMixedWithACopy() throws Exception {
    awaitKept("X", "control-point");
    Path key = Files.writeString(site.resolve("key.txt"), recoveryKey);
    Path secret = site.resolve("control/state/ledger-secret");
    Files.writeString(secret, "another's");
    assertThat(
            gemel(
                "config",
                "retrieve",
                "control-point",
                "--from",
                kept("X"),
                "--replace",
                "--recovery-key",
                key.toString()))
        .isEqualTo(5);
    assertThat(error).contains("found the keeper of another control point");
    assertThat(secret).hasContent("another's");
  }

  @Test
  @Tag("M-63")
  void otherFilesThatStandThereGiveWayOnlyOnDemand() throws Exception {
    awaitKept("X", "nas-x");
    Path mine = site.resolve("nas-x/exports");
    Files.writeString(mine, "edited since");
    // Told within a minute only: what is kept is still the old one.
    assertThat(gemel("config", "retrieve", "nas-x", "--from", kept("X"))).isEqualTo(5);
    assertThat(error).contains("--replace");
    assertThat(out).contains("replace").contains(mine.toString());
    assertThat(mine).hasContent("edited since");

    done("config", "retrieve", "nas-x", "--from", kept("X"), "--replace");
    assertThat(mine).hasContent("/srv/X");
    assertThat(site.resolve("nas-x/exports.before-1")).hasContent("edited since");
  }

  @Test
  @Tag("M-63")
  void whatIsKeptIsListedAndWhatSomebodyDeletedComesBack() throws Exception {
    awaitKept("X", "nas-x", "nas-y", "control-point");
    done("config", "retrieve", "--from", kept("X"));
    assertThat(out.lines()).hasSize(3).anyMatch(line -> line.matches("control-point +control .*"));

    done("config", "retrieve", "nas-y", "--from", kept("X"), "--root", other(), "--dry-run");
    assertThat(out).contains("create").contains("agent.yaml");
    assertThat(site.resolve("other")).isEmptyDirectory();

    Files.delete(Path.of(kept("X"), "nas-y.zip"));
    awaitKept("X", "nas-y");
  }

  @Test
  @Tag("M-63")
  void whatIsPlantedInPlaceOfTheFolderIsToldAndNotFollowed() throws Exception {
    awaitKept("X", "nas-y");
    Path elsewhere = Path.of(other());
    await()
        .atMost(PATIENCE)
        // Its owner makes it anew as soon as it is gone.
        .ignoreExceptions()
        .until(
            () -> {
              delete(Path.of(kept("X")));
              Files.createSymbolicLink(Path.of(kept("X")), elsewhere);
              return true;
            });

    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              done("device", "list", "--config", client());
              return out.contains("not all configuration is kept: found a symbolic link");
            });
    assertThat(elsewhere).isEmptyDirectory();
  }

  private String other() throws IOException {
    return Files.createDirectories(site.resolve("other")).toString();
  }

  /**
   * Until the run that started the mirror, the last thing that happened, lies on the other side.
   */
  private void mirrorFromX() throws IOException {
    // Its own NAS head makes the folder on the backup.
    await().atMost(PATIENCE).until(() -> Files.isDirectory(Path.of(kept("Y"))));
    awaitKept("X", "control-point");
    done("folders", "start", "X", "--confirm", "Y", "--yes", "--config", client());
    await().atMost(PATIENCE).ignoreExceptions().until(() -> ledgerCopy("Y").contains("DONE"));
    assertThat(ledgerCopy("Y")).contains("nas-x").contains("nas-y");
  }

  private String ledgerCopy(String side) throws IOException {
    var archive = Files.readAllBytes(Path.of(kept(side), "control-point.zip"));
    var key = RecoveryKey.parse(recoveryKey);
    for (var file : KeptArchive.read(archive, "control-point").files()) {
      if (file.place().endsWith("ledger-copy.json")) {
        return new String(key.open(file).content(), StandardCharsets.UTF_8);
      }
    }
    throw new IOException("found no copy of the ledger");
  }

  private void awaitKept(String side, String... machines) {
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              for (String machine : machines) {
                if (!Files.exists(Path.of(kept(side), machine + ".zip"))) {
                  return false;
                }
              }
              return true;
            });
  }

  private void awaitDevice(String name) {
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              done("device", "list", "--config", client());
              return out.lines()
                  .anyMatch(line -> line.contains(name) && !line.contains("not connected"));
            });
  }

  private String kept(String side) {
    return site.resolve(side).resolve("Configuration").toString();
  }

  private String client() {
    return site.resolve("client.yaml").toString();
  }

  private void done(String... arguments) {
    int code = gemel(arguments);
    assertThat(code).as(String.join(" ", arguments) + ": " + error + out).isZero();
  }

  private int gemel(String... arguments) {
    var toOut = new StringWriter();
    var toError = new StringWriter();
    int code = Gemel.run(new PrintWriter(toOut), new PrintWriter(toError), arguments);
    out = toOut.toString();
    error = toError.toString();
    return code;
  }

  private static void delete(Path folder) throws IOException {
    try (var all = Files.walk(folder)) {
      for (Path each : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
