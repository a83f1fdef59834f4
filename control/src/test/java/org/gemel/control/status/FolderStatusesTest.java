package org.gemel.control.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.gemel.control.api.FolderMirrorStatus;
import org.gemel.control.api.Lamp;
import org.gemel.control.fake.FakeNasHeads;
import org.gemel.control.fake.Scenes;
import org.gemel.control.site.Reality;
import org.gemel.core.Side;
import org.gemel.wire.protocol.FolderCertificate;
import org.gemel.wire.protocol.FolderPass;
import org.gemel.wire.protocol.FolderProgress;
import org.gemel.wire.protocol.FolderScrub;
import org.gemel.wire.protocol.ProfileState;
import org.gemel.wire.protocol.ScrubRound;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("M-55")
final class FolderStatusesTest {
  private static final Instant NOW = Scenes.NOW;

  private final FakeNasHeads heads = new FakeNasHeads();

  @Test
  void theLagIsTheAgeOfWhatMayBeMissing() {
    running(profile().setBehindSinceMilliseconds(ago(95)));
    assertThat(shown().lagSeconds()).isEqualTo(95);
    assertThat(shown().following()).isFalse();
    running(profile().setBehindSinceMilliseconds(ago(3)).setFollowing(true));
    assertThat(shown().lagSeconds()).isEqualTo(3);
    running(profile().setFollowing(true).setCaughtUp(true));
    assertThat(shown().lagSeconds()).isZero();
    running(profile());
    assertThat(shown().lagSeconds()).as("nobody knows").isNull();
  }

  @Test
  void thePassUnderWayTellsHowFarItIs() {
    running(
        profile()
            .setPassUnderWay(true)
            .setProgress(
                FolderProgress.newBuilder()
                    .setSinceMilliseconds(ago(4))
                    .setFiles(120)
                    .setBytesMoved(4_000)
                    .setBytesPerSecond(1_000)
                    .setLeftMilliseconds(2_500)
                    .setAt("a/b")));
    assertThat(shown().progress())
        .isEqualTo(
            new FolderMirrorStatus.Progress(NOW.minusSeconds(4), 120, 4_000, 1_000, 2L, "a/b"));
    running(profile().setProgress(FolderProgress.newBuilder().setLeftMilliseconds(-1)));
    assertThat(shown().progress().secondsLeft()).isNull();
  }

  @Test
  void aPauseIsSeenAtOnceWhetherOfAllOrOfOne() {
    running(profile().setPausedSinceMilliseconds(ago(60)));
    assertThat(mirror().lamp()).isEqualTo(Lamp.YELLOW);
    assertThat(mirror().words()).isEqualTo("running from X to Y, paused: wip");
    assertThat(shown().pausedSince()).isEqualTo(NOW.minusSeconds(60));
    heads.says(Side.X, mirror -> mirror.setPausedSinceMilliseconds(ago(10)));
    assertThat(mirror().words()).contains("paused since").contains("gemel folders resume");
    assertThat(mirror().pausedSince()).isEqualTo(NOW.minusSeconds(10));
  }

  @Test
  void aPassThatWasEndedOnPurposeIsNoFailureButARefusedOneIs() {
    running(profile().setLastPass(pass("STOPPED")).setFailure("stopped on request"));
    assertThat(mirror().lamp()).isEqualTo(Lamp.GREEN);
    running(profile().setLastPass(pass("REFUSED")).setFailure("an empty source"));
    assertThat(mirror().lamp()).isEqualTo(Lamp.RED);
    assertThat(mirror().words()).isEqualTo("profile wip: an empty source");
    // An agent of the release before tells no outcome.
    running(profile().setLastPass(pass("").toBuilder().setWords("2 failed")));
    assertThat(mirror().words()).isEqualTo("profile wip: 2 failed");
  }

  @Test
  @Tag("B-24")
  void whatTheComparisonOfAllContentFoundIsSaidInAFewWords() {
    running(profile());
    assertThat(shown().scrub()).as("not asked for").isNull();
    running(profile().setScrub(scrub()));
    assertThat(shown().scrub().words()).isEqualTo("content not compared yet");
    running(profile().setScrub(scrub().setCurrent(round().setFiles(12))));
    assertThat(shown().scrub().words())
        .isEqualTo("content compared for the first time, 12 files so far");
    ScrubRound.Builder ended = round().setEndedMilliseconds(ago(3 * 3600));
    FolderCertificate.Builder certificate =
        FolderCertificate.newBuilder().setEpoch("7").setBegunMilliseconds(ago(4 * 3600));
    running(profile().setScrub(scrub().setLast(ended).setCertificate(certificate)));
    assertThat(shown().scrub().words()).isEqualTo("all content compared equal 3 h ago");
    assertThat(shown().scrub().lamp()).isEqualTo(Lamp.GREEN);
    assertThat(shown().scrub().certificate().epoch()).isEqualTo("7");
    running(profile().setScrub(scrub().setLast(ended)));
    assertThat(shown().scrub().words()).contains("none differed").contains("not still");
    running(profile().setScrub(scrub().setLast(ended.setDiffering(2).setRepaired(2))));
    assertThat(shown().scrub().words()).isEqualTo("2 files differed 3 h ago: repaired");
    running(
        profile().setScrub(scrub().setTrouble("the disk is full").setLast(ended.setRepaired(1))));
    assertThat(shown().scrub().words())
        .isEqualTo("2 files differed 3 h ago: 1 repaired; the disk is full");
    assertThat(shown().scrub().lamp()).isEqualTo(Lamp.RED);
  }

  private static FolderScrub.Builder scrub() {
    return FolderScrub.newBuilder().setPlan("every 1d");
  }

  private static ScrubRound.Builder round() {
    return ScrubRound.newBuilder().setBegunMilliseconds(ago(4 * 3600));
  }

  private static FolderPass pass(String outcome) {
    return FolderPass.newBuilder().setOutcome(outcome).setWords(outcome).build();
  }

  private static long ago(int seconds) {
    return NOW.minusSeconds(seconds).toEpochMilli();
  }

  private static ProfileState.Builder profile() {
    return ProfileState.newBuilder().setName("wip").setSchedule("every 1m");
  }

  private void running(ProfileState.Builder profile) {
    heads.says(Side.X, mirror -> mirror.setRunning(true).clearProfiles().addProfiles(profile));
  }

  private FolderMirrorStatus mirror() {
    return FolderStatuses.mirror(new Reality(heads, 0));
  }

  private FolderMirrorStatus.Profile shown() {
    return mirror().profiles().getFirst();
  }
}
