package org.gemel.agent.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.gemel.agent.Eventually;
import org.gemel.agent.command.Stages;
import org.gemel.agent.configuration.AgentConfiguration;
import org.gemel.wire.protocol.Command;
import org.gemel.wire.protocol.FolderPass;
import org.gemel.wire.protocol.FolderScrub;
import org.gemel.wire.protocol.ReadFolderHistory;
import org.gemel.wire.protocol.Report;
import org.gemel.wire.protocol.StartFolderMirror;
import org.gemel.wire.protocol.WireSide;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The agent of a NAS head finds rot on the backup by itself, repairs it, and certifies equality.
 */
@Tag("B-24")
final class ScrubbedFolderTest {
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.now().plus(Duration.ofHours(1)));
  @TempDir private Path folder;
  private FolderPart part;

  @BeforeEach
  void theNasHeadOfTheMainSide() throws Exception {
    TwoVolumes.make(folder);
    Files.writeString(folder.resolve("X/cut"), "content");
    Files.writeString(
        folder.resolve("agent.yaml"),
        """
        device: nas-x
        control: [control:8444]
        identity: identity
        state: state
        folderMirror:
          side: X
          volumes: {X: {folder: X, volume: vX}, Y: {folder: Y, volume: vY}}
          profiles: [{name: wip, schedule: every 1m, scrub: every 24h}]
        """);
    part = part();
  }

  private FolderPart part() throws Exception {
    AgentConfiguration read = AgentConfiguration.load(folder.resolve("agent.yaml"));
    FolderPart begun =
        FolderPart.of(read.folderMirror().orElseThrow(), read.state(), ZoneOffset.UTC, now::get);
    begun.resume();
    return begun;
  }

  @AfterEach
  void end() {
    part.end();
  }

  @Test
  void aFlippedByteOnTheBackupIsRepairedToldAndTheNextRoundCertifies() throws Exception {
    start();
    Eventually.until(() -> history().size() == 1);
    now.updateAndGet(at -> at.plus(Duration.ofMinutes(20)));
    Eventually.until(() -> scrub().getLast().getFiles() == 1);
    assertThat(scrub().getPlan()).isEqualTo("every 1d");
    assertThat(scrub().getCertificate().getEpoch()).isEqualTo("5");
    String hash = scrub().getCertificate().getTreeHash();

    flip(folder.resolve("Y/cut"));
    now.updateAndGet(at -> at.plus(Duration.ofHours(25)));
    Eventually.until(() -> scrub().getLast().getDiffering() == 1);
    assertThat(scrub().getLast().getRepaired()).isEqualTo(1);
    assertThat(scrub().getTrouble()).isEmpty();
    assertThat(folder.resolve("Y/cut")).hasContent("content");
    assertThat(history())
        .filteredOn(pass -> pass.getScrubbed() == 1)
        .singleElement()
        .satisfies(
            pass ->
                assertThat(pass.getWords())
                    .isEqualTo(
                        "scrub: 1 entry differed though nobody changed it (content differs: cut);"
                            + " repaired"));

    part.end();
    part = part();
    assertThat(scrub().getLast().getRepaired()).as("known over a restart").isEqualTo(1);
    now.updateAndGet(at -> at.plus(Duration.ofHours(25)));
    Eventually.until(() -> scrub().getLast().getDiffering() == 0);
    assertThat(scrub().getCertificate().getTreeHash()).isEqualTo(hash);
    assertThat(scrub().getCertificate().getBegunMilliseconds())
        .isEqualTo(scrub().getLast().getBegunMilliseconds());
  }

  private static void flip(Path file) throws Exception {
    FileTime time = Files.getLastModifiedTime(file);
    byte[] bytes = Files.readAllBytes(file);
    bytes[2] ^= 1;
    Files.write(file, bytes);
    Files.setLastModifiedTime(file, time);
  }

  private void start() throws Exception {
    var outcome =
        part.perform(
            Command.newBuilder()
                .setId("c")
                .setStartFolderMirror(
                    StartFolderMirror.newBuilder().setFrom(WireSide.SIDE_X).setRoleEpoch(5))
                .build(),
            Stages.UNHEARD);
    assertThat(outcome.getDone()).as(outcome.getWords()).isTrue();
  }

  private List<FolderPass> history() throws Exception {
    return part.perform(
            Command.newBuilder()
                .setId("c")
                .setReadFolderHistory(ReadFolderHistory.newBuilder().setLimit(50))
                .build(),
            Stages.UNHEARD)
        .getHistoryList();
  }

  private FolderScrub scrub() throws Exception {
    Report.Builder report = Report.newBuilder();
    part.report(report);
    return report.getFolderMirror().getProfiles(0).getScrub();
  }
}
