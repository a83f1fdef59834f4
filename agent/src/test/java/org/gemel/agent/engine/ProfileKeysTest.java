package org.gemel.agent.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.gemel.agent.command.Stages;
import org.gemel.agent.configuration.AgentConfiguration;
import org.gemel.wire.protocol.Command;
import org.gemel.wire.protocol.Outcome;
import org.gemel.wire.protocol.RunFolderPass;
import org.gemel.wire.protocol.WireSide;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a profile of the agent's file may say of its passes besides when they begin. */
@Tag("M-55")
final class ProfileKeysTest {
  private static final int BYTES = 384 * 1024;

  /** Two passes of 384 KiB at 512 KiB/s, less the tenth of a second that goes at once. */
  private static final Duration LEAST = Duration.ofMillis(1400);

  private final Path folder;

  ProfileKeysTest(@TempDir Path folder) throws Exception {
    this.folder = folder;
    TwoVolumes.make(folder);
    Files.write(folder.resolve("X/one"), new byte[BYTES]);
  }

  @Test
  void allPassesOfAProfileKeepToItsBandwidthTogether() throws Exception {
    FolderPart part = part("bandwidth: 512KiB/s, streams: 3");
    try {
      long began = System.nanoTime();
      run(part);
      Files.write(folder.resolve("X/two"), new byte[BYTES]);
      run(part);
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThanOrEqualTo(LEAST);
      assertThat(folder.resolve("Y/two")).hasSize(BYTES);
      assertThat(folder.resolve("state/folder-index")).isNotEmptyDirectory();
    } finally {
      part.end();
    }
  }

  @Test
  void theIndexIsKeptWhereTheProfileSaysOrNotAtAll() throws Exception {
    FolderPart none = part("index: none");
    run(none);
    none.end();
    assertThat(folder.resolve("state/folder-index")).doesNotExist();
    FolderPart kept = part("index: large/index");
    run(kept);
    kept.end();
    assertThat(folder.resolve("state/folder-index")).doesNotExist();
    assertThat(folder.resolve("large/index")).as("seen from the file").isNotEmptyDirectory();
  }

  @Test
  void whatMakesNoSenseIsRefusedWithItsPlace() {
    assertThatThrownBy(() -> part("streams: 0")).hasMessageContaining("streams: 0, wanted 1 to 64");
    assertThatThrownBy(() -> part("bandwidth: fast")).hasMessageContaining("wanted a rate such as");
    assertThatThrownBy(() -> part("scrub: evry 24h"))
        .hasMessageContaining("found the scrub 'evry 24h'")
        .hasMessageContaining("wanted such as 'every 24h'");
    assertThatThrownBy(() -> part("scrub: 'every 10s'")).hasMessageContaining("a minute or more");
    assertThatThrownBy(() -> part("bandwith: 5M")).hasMessageContaining("mean 'bandwidth'?");
  }

  private FolderPart part(String keys) throws Exception {
    Path file = folder.resolve("agent.yaml");
    Files.writeString(
        file,
        """
        device: nas-x
        control: [control:8444]
        identity: identity
        state: state
        folderMirror:
          side: X
          volumes: {X: {folder: X, volume: vX}, Y: {folder: Y, volume: vY}}
          profiles: [{name: wip, %s}]
        """
            .formatted(keys));
    AgentConfiguration read = AgentConfiguration.load(file);
    return FolderPart.of(
        read.folderMirror().orElseThrow(), read.state(), ZoneOffset.UTC, InstantSource.system());
  }

  private static void run(FolderPart part) throws Exception {
    Outcome outcome =
        part.perform(
                Command.newBuilder()
                    .setId("c")
                    .setRunFolderPass(
                        RunFolderPass.newBuilder().setFrom(WireSide.SIDE_X).setRoleEpoch(5))
                    .build(),
                Stages.UNHEARD)
            .build();
    assertThat(outcome.getDone()).as(outcome.getWords()).isTrue();
  }
}
