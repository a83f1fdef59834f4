package org.gemel.agent.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.gemel.agent.Eventually;
import org.gemel.agent.command.Stages;
import org.gemel.agent.configuration.FolderMirrorSection;
import org.gemel.agent.configuration.ProfileSection;
import org.gemel.agent.configuration.SideFolder;
import org.gemel.core.Side;
import org.gemel.wire.protocol.Command;
import org.gemel.wire.protocol.FolderMirrorState;
import org.gemel.wire.protocol.FolderPass;
import org.gemel.wire.protocol.Outcome;
import org.gemel.wire.protocol.PauseFolders;
import org.gemel.wire.protocol.ProfileState;
import org.gemel.wire.protocol.ReadFolderHistory;
import org.gemel.wire.protocol.Report;
import org.gemel.wire.protocol.ResumeFolders;
import org.gemel.wire.protocol.RunFolderPass;
import org.gemel.wire.protocol.StartFolderMirror;
import org.gemel.wire.protocol.VerifyFolders;
import org.gemel.wire.protocol.WireSide;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people ask of the folder mirror of one NAS head, with the clock in the test's hand. */
final class FolderPartTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  private final AtomicReference<Instant> now = new AtomicReference<>(NOON);
  @TempDir private Path folder;
  private FolderPart part;

  @BeforeEach
  void theNasHeadOfTheMainSide() throws IOException {
    TwoVolumes.make(folder);
    for (String side : List.of("X", "Y")) {
      Files.createDirectories(folder.resolve(side).resolve("wip"));
      Files.createDirectories(folder.resolve(side).resolve("bins"));
    }
    Files.writeString(folder.resolve("X/wip/cut"), "one");
    Files.writeString(folder.resolve("X/bins/bin"), "one");
    part = begin();
  }

  private FolderPart begin() {
    InstantSource clock = now::get;
    FolderPart begun =
        FolderPart.of(
            new FolderMirrorSection(
                Side.X,
                Map.of(
                    Side.X, new SideFolder(folder.resolve("X"), "vX"),
                    Side.Y, new SideFolder(folder.resolve("Y"), "vY")),
                Optional.empty(),
                2,
                List.of(profile("wip", "every 1m"), profile("bins", "cron 0 2 * * *"))),
            folder.resolve("state"),
            ZoneOffset.UTC,
            clock);
    begun.resume();
    return begun;
  }

  private static ProfileSection profile(String name, String schedule) {
    return ProfileSection.of(name, Path.of(name), schedule);
  }

  private void restart() {
    part.end();
    part = begin();
  }

  @AfterEach
  void end() {
    part.end();
  }

  @Test
  @Tag("M-55")
  void whatIsPausedStaysSoOverARestartOfTheAgentUntilItIsResumed() throws Exception {
    start();
    Eventually.until(() -> !Files.notExists(y("wip/cut")));
    assertThat(pause("wip").getWords())
        .isEqualTo("Profile wip is paused; no pass of it is at work.");
    Files.writeString(folder.resolve("X/wip/cut"), "two");
    now.set(NOON.plusSeconds(600));
    restart();
    assertThat(wip().getPausedSinceMilliseconds()).isEqualTo(NOON.toEpochMilli());
    assertThat(wip().getNextMilliseconds()).isZero();
    assertThat(state().getRunning()).isTrue();
    assertThat(state().getPausedSinceMilliseconds()).isZero();
    assertThat(y("wip/cut")).hasContent("one");

    assertThat(resume("wip").getDone()).isTrue();
    Eventually.until(() -> Files.readString(y("wip/cut")).equals("two"));
    restart();
    assertThat(wip().getPausedSinceMilliseconds()).isZero();
  }

  @Test
  void startingTheMirrorEndsEveryPauseForTheNewBackupMustNotStayOld() throws Exception {
    assertThat(pause("").getDone()).isTrue();
    assertThat(pause("wip").getDone()).isTrue();
    assertThat(state().getPausedSinceMilliseconds()).isEqualTo(NOON.toEpochMilli());
    assertThat(resume("wip").getWords()).contains("found the whole folder mirror paused");
    start();
    assertThat(state().getPausedSinceMilliseconds()).isZero();
    Eventually.until(() -> !Files.notExists(y("wip/cut")));
  }

  @Test
  @Tag("M-55")
  void oneProfileIsMirroredByHandAlsoWhileItIsPausedAndTheOthersAreNot() throws Exception {
    pause("");
    Outcome outcome = run("bins");
    assertThat(outcome.getDone()).as(outcome.getWords()).isTrue();
    assertThat(outcome.getPass().getBytesMoved()).isEqualTo(3);
    assertThat(y("bins/bin")).exists();
    assertThat(y("wip/cut")).doesNotExist();
    assertThat(run("binns").getWords())
        .isEqualTo(
            "found no profile 'binns', wanted one of wip, bins: name it as in the agent's file");
    assertThat(pause("binns").getDone()).isFalse();
    assertThat(resume("binns").getDone()).isFalse();
    assertThat(verify("binns", false).getDone()).isFalse();
  }

  @Test
  @Tag("M-57")
  void bothSidesOfAProfileAreComparedAndTheDifferencesNamed() throws Exception {
    assertThat(verify("", false).getWords()).contains("only in A: cut").contains("A is X, B is Y");
    run("");
    assertThat(verify("wip", false).getWords())
        .isEqualTo("Profile wip: X and Y are equal, 1 file of 3B compared by size and time.");
    assertThat(verify("", true).getWords()).contains("Profile bins").contains("by content");
    // The same size and time, other bytes: only reading finds it.
    var time = Files.getLastModifiedTime(y("wip/cut"));
    Files.writeString(y("wip/cut"), "two");
    Files.setLastModifiedTime(y("wip/cut"), time);
    assertThat(verify("wip", false).getDone()).isTrue();
    Outcome found = verify("wip", true);
    assertThat(found.getDone()).isFalse();
    assertThat(found.getWords()).contains("found 1 difference").contains("cut");
    Files.delete(folder.resolve("Y/.gemel-volume"));
    assertThat(verify("wip", true).getDone()).isFalse();
  }

  @Test
  @Tag("M-57")
  void passesAreRememberedOverARestartAndSoIsTheLag() throws Exception {
    run("");
    now.set(NOON.plusSeconds(60));
    Files.delete(folder.resolve("X/wip/cut"));
    assertThat(run("wip").getDone()).as("an empty source is refused").isFalse();
    restart();
    List<FolderPass> all = history("", 10);
    assertThat(all).extracting(FolderPass::getProfile).containsExactly("wip", "bins", "wip");
    assertThat(all)
        .extracting(FolderPass::getOutcome)
        .containsExactly("REFUSED", "COMPLETE", "COMPLETE");
    assertThat(all.getFirst().getStartedMilliseconds())
        .isEqualTo(NOON.plusSeconds(60).toEpochMilli());
    assertThat(all.getFirst().getWords()).contains("empty source");
    assertThat(history("wip", 1)).hasSize(1);
    assertThat(history("none", 1)).isEmpty();

    pause("");
    Files.writeString(
        folder.resolve("state/folder-mirror.yaml"), "from: X\nepoch: 5\n"); // It ran before.
    restart();
    assertThat(wip().getBehindSinceMilliseconds()).isEqualTo(NOON.toEpochMilli());
  }

  @Test
  @Tag("M-55")
  void aTimeOfDayThatPassedWhileTheAgentWasDownIsMadeUpFor() throws Exception {
    start();
    run("bins");
    Files.writeString(folder.resolve("X/bins/bin"), "two");
    part.end();
    now.set(Instant.parse("2026-11-22T05:00:00Z"));
    part = begin();
    Eventually.until(() -> Files.readString(y("bins/bin")).equals("two"));
    Eventually.until(
        () -> bins().getNextMilliseconds() == Instant.parse("2026-11-23T02:00:00Z").toEpochMilli());
  }

  private Path y(String name) {
    return folder.resolve("Y").resolve(name);
  }

  private void start() throws Exception {
    Outcome outcome =
        perform(
            Command.newBuilder()
                .setStartFolderMirror(
                    StartFolderMirror.newBuilder().setFrom(WireSide.SIDE_X).setRoleEpoch(5)));
    assertThat(outcome.getDone()).as(outcome.getWords()).isTrue();
  }

  private Outcome pause(String profile) throws Exception {
    return perform(
        Command.newBuilder()
            .setPauseFolders(PauseFolders.newBuilder().setProfile(profile).setNow(true)));
  }

  private Outcome resume(String profile) throws Exception {
    return perform(
        Command.newBuilder().setResumeFolders(ResumeFolders.newBuilder().setProfile(profile)));
  }

  private Outcome run(String profile) throws Exception {
    return perform(
        Command.newBuilder()
            .setRunFolderPass(
                RunFolderPass.newBuilder()
                    .setFrom(WireSide.SIDE_X)
                    .setRoleEpoch(5)
                    .setProfile(profile)));
  }

  private Outcome verify(String profile, boolean content) throws Exception {
    return perform(
        Command.newBuilder()
            .setVerifyFolders(VerifyFolders.newBuilder().setProfile(profile).setContent(content)));
  }

  private List<FolderPass> history(String profile, int limit) throws Exception {
    return perform(
            Command.newBuilder()
                .setReadFolderHistory(
                    ReadFolderHistory.newBuilder().setProfile(profile).setLimit(limit)))
        .getHistoryList();
  }

  private Outcome perform(Command.Builder command) throws Exception {
    return part.perform(command.setId("c").build(), Stages.UNHEARD).build();
  }

  private FolderMirrorState state() throws Exception {
    Report.Builder report = Report.newBuilder();
    part.report(report);
    return report.getFolderMirror();
  }

  private ProfileState wip() throws Exception {
    return state().getProfiles(0);
  }

  private ProfileState bins() throws Exception {
    return state().getProfiles(1);
  }
}
