package org.gemel.agent.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.gemel.config.ConfigurationFault;
import org.gemel.core.Side;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentConfigurationTest {
  @TempDir private Path folder;

  @Test
  void theDocumentedExamplesAreRead() throws Exception {
    var page = Files.readString(Path.of("DESIGN.md"));
    var examples = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL).matcher(page);
    int count = 0;
    while (examples.find()) {
      assertThat(read(examples.group(1)).device()).isNotEmpty();
      count++;
    }
    assertThat(count).isEqualTo(3);
  }

  @Test
  void aWholeServerIsNamedByWholePathsAndCommands() {
    var bin = Path.of("/usr/lib/postgresql/15/bin");
    var data = Path.of("/var/lib/postgresql/15/main");
    var act = List.of("pg_ctlcluster", "15", "main", "act");
    var minute = Duration.ofMinutes(1);
    assertThat(new PhysicalSection(bin, data, act, act, minute).data()).isEqualTo(data);
    assertThatThrownBy(() -> new PhysicalSection(Path.of("bin"), data, act, act, minute))
        .hasMessageContaining("programs: 'bin'");
    assertThatThrownBy(() -> new PhysicalSection(bin, Path.of("/data"), act, act, minute))
        .hasMessageContaining("beside it");
    assertThatThrownBy(() -> new PhysicalSection(bin, data, List.of(), act, minute))
        .hasMessageContaining("no stop command");
    assertThatThrownBy(() -> new PhysicalSection(bin, data, act, act, Duration.ZERO))
        .hasMessageContaining("patience");
  }

  @Test
  @Tag("M-63")
  void whatIsKeptIsMirroredEveryMinuteUnlessTheFilesOwnProfilesDo() throws Exception {
    assertThat(profiles("{name: wip, folder: wip, schedule: every 30m}"))
        .containsExactly("wip", "configuration");
    assertThat(profiles("{name: all, schedule: every 30m}"))
        .containsExactly("all", "configuration");
    assertThat(profiles("{name: all, schedule: every 1m}")).containsExactly("all");
    assertThat(profiles("{name: kept, folder: Kept, schedule: continuous}"))
        .containsExactly("kept");
    assertThat(profiles("{name: configuration, folder: Kept, schedule: every 5s}"))
        .containsExactly("configuration");
    assertThat(profiles("{name: all, schedule: every 1m, excludes: [Kept]}"))
        .containsExactly("all", "configuration");
    assertThatThrownBy(() -> profiles("{name: configuration, folder: Kept, schedule: every 5m}"))
        .hasMessageContaining("every minute");
  }

  private List<String> profiles(String profile) throws IOException {
    var read =
        read(
            """
            device: nas-x
            control: [control:8444]
            identity: identity
            state: state
            folderMirror:
              side: X
              volumes:
                X: {folder: x, volume: vx}
                Y: {folder: y, volume: vy}
              configuration: Kept
              profiles: [%s]
            """
                .formatted(profile));
    return read.folderMirror().orElseThrow().profiles().stream().map(ProfileSection::name).toList();
  }

  @Test
  void pathsAreSeenFromTheFileAndTheRestHasDefaults() throws Exception {
    var read =
        read(
            """
            device: editor1
            control: [control:8444, "[::1]:8444"]
            identity: identity
            state: ../state
            mount:
              link: V
              sides:
                X: {folder: x, volume: vx}
                Y: {folder: /y, volume: vy}
            services:
              - {name: editor, command: [run, me], log: logs/editor.log}
            """);
    assertThat(read.identityFile()).isEqualTo(folder.resolve("identity/identity.pem"));
    assertThat(read.state()).isEqualTo(folder.resolveSibling("state"));
    assertThat(read.control())
        .containsExactly(new ControlAddress("control", 8444), new ControlAddress("::1", 8444));
    assertThat(read.mount().orElseThrow().sides())
        .containsEntry(Side.X, new SideFolder(folder.resolve("x"), "vx"))
        .containsEntry(Side.Y, new SideFolder(Path.of("/y"), "vy"));
    var service = read.services().getFirst();
    assertThat(service.directory()).contains(folder);
    assertThat(service.autostart()).isTrue();
    assertThat(service.stopGrace()).isEqualTo(Duration.ofSeconds(5));
    assertThat(read.reportInterval()).isEqualTo(Duration.ofSeconds(1));
    assertThat(read.stopServicesOnExit()).isFalse();
  }

  @Test
  void everyFaultIsNamed() {
    assertThatThrownBy(
            () ->
                read(
                    """
                    device: editor1
                    control: [control]
                    identity: identity
                    mount:
                      link: V
                      sides:
                        X: {folder: x, volume: vx}
                    servises: []
                    """))
        .isInstanceOf(ConfigurationFault.class)
        .hasMessageContaining("state: found nothing")
        .hasMessageContaining("wanted HOST:PORT")
        .hasMessageContaining("found no volume for side Y")
        .hasMessageContaining("did you mean 'services'?");
  }

  @Test
  void passwordsStayOutOfTexts() {
    assertThat(new CredentialsSection("gemel", "geheim").toString()).doesNotContain("geheim");
  }

  private AgentConfiguration read(String text) throws IOException, ConfigurationFault {
    var file = folder.resolve("agent.yaml");
    Files.writeString(file, text);
    return AgentConfiguration.load(file);
  }
}
