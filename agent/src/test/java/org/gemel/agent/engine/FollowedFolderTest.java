package org.gemel.agent.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gemel.agent.Eventually;
import org.gemel.agent.command.Stages;
import org.gemel.agent.configuration.FolderMirrorSection;
import org.gemel.agent.configuration.ProfileSection;
import org.gemel.agent.configuration.SideFolder;
import org.gemel.core.Side;
import org.gemel.wire.protocol.Command;
import org.gemel.wire.protocol.ProfileState;
import org.gemel.wire.protocol.Report;
import org.gemel.wire.protocol.StartFolderMirror;
import org.gemel.wire.protocol.WireSide;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A continuous profile on a NAS head, with real folders, the kernel's events and a real clock. */
@Tag("M-55")
final class FollowedFolderTest {
  @TempDir private Path folder;
  private FolderPart part;

  @BeforeEach
  void theMirrorFollowsTheMainSide() throws Exception {
    volume("X", "main", 5);
    volume("Y", "backup", 5);
    Files.writeString(folder.resolve("X/wip/cut"), "one");
    part =
        FolderPart.of(
            new FolderMirrorSection(
                Side.X,
                Map.of(
                    Side.X, new SideFolder(folder.resolve("X"), "vX"),
                    Side.Y, new SideFolder(folder.resolve("Y"), "vY")),
                Optional.empty(),
                2,
                List.of(ProfileSection.of("wip", Path.of("wip"), "continuous"))),
            Files.createDirectory(folder.resolve("state")),
            ZoneOffset.UTC,
            InstantSource.system());
    var begun =
        part.perform(
                Command.newBuilder()
                    .setId("c")
                    .setStartFolderMirror(
                        StartFolderMirror.newBuilder().setFrom(WireSide.SIDE_X).setRoleEpoch(5))
                    .build(),
                Stages.UNHEARD)
            .build();
    assertThat(begun.getDone()).as(begun.getWords()).isTrue();
    Eventually.until(() -> Files.exists(y("cut")) && !wip().getPassUnderWay());
    assumeTrue(
        wip().getFollowing(), () -> "no events are heard of " + folder + ": nothing to follow");
  }

  private void volume(String side, String role, int epoch) throws IOException {
    Files.createDirectories(folder.resolve(side).resolve("wip"));
    Files.writeString(
        folder.resolve(side).resolve(".gemel-volume"),
        "volume: v" + side + "\nside: " + side + "\n");
    mark(side, role, epoch);
  }

  private void mark(String side, String role, int epoch) throws IOException {
    Files.writeString(
        folder.resolve(side).resolve(".gemel-role"), "role: " + role + "\nepoch: " + epoch + "\n");
  }

  @AfterEach
  void end() {
    part.end();
  }

  @Test
  void aChangeIsMirroredWithoutAScheduledPassAndThenNothingIsBehind() throws Exception {
    long nextWholeLook = wip().getNextMilliseconds();
    assertThat(wip().getFollowedBy()).as("how it is followed").isNotBlank();
    Files.writeString(folder.resolve("X/wip/clip"), "two");
    Eventually.until(() -> Files.exists(y("clip")));
    assertThat(y("clip")).hasContent("two");
    assertThat(wip().getNextMilliseconds()).as("no whole look was needed").isEqualTo(nextWholeLook);
    Eventually.until(() -> wip().getCaughtUp());
    assertThat(folder.resolve("state/folder-index")).as("what tells renames").isNotEmptyDirectory();
  }

  @Test
  void aLateWriterOfAnOldMainWritesNothingMoreAndItsLagSaysSo() throws Exception {
    Eventually.until(() -> wip().getCaughtUp());
    mark("Y", "backup", 6);
    Files.writeString(folder.resolve("X/wip/late"), "late");
    Eventually.until(() -> wip().getFailure().contains("the roles have moved on"));
    assertThat(y("late")).doesNotExist();
    assertThat(wip().getCaughtUp()).isFalse();
    assertThat(wip().getBehindSinceMilliseconds()).isNotZero();
  }

  private Path y(String name) {
    return folder.resolve("Y/wip").resolve(name);
  }

  private ProfileState wip() throws Exception {
    Report.Builder report = Report.newBuilder();
    part.report(report);
    return report.getFolderMirror().getProfiles(0);
  }
}
