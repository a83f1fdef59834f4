package org.gemel.agent.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.gemel.config.DurationText;
import org.gemel.mirror.FolderMirrorStatus;
import org.gemel.mirror.MirrorReport;
import org.gemel.mirror.ProfileStatus;
import org.gemel.wire.WireSides;
import org.gemel.wire.protocol.FolderMirrorState;
import org.gemel.wire.protocol.FolderPass;
import org.gemel.wire.protocol.ProfileState;

/** The folder mirror's state on the wire. */
final class FolderStates {
  private FolderStates() {}

  static FolderMirrorState.Builder of(
      FolderMirrorStatus status, Map<String, Optional<Duration>> schedules) {
    var state = FolderMirrorState.newBuilder().setRunning(status.running());
    status.main().map(WireSides::toWire).ifPresent(state::setFrom);
    for (var profile : status.profiles()) {
      state.addProfiles(of(profile, schedules.getOrDefault(profile.profile(), Optional.empty())));
    }
    return state;
  }

  private static ProfileState of(ProfileStatus profile, Optional<Duration> schedule) {
    var state =
        ProfileState.newBuilder()
            .setName(profile.profile())
            .setPassUnderWay(profile.passSince().isPresent())
            .setNextMilliseconds(profile.nextDue().map(Instant::toEpochMilli).orElse(0L))
            .setSchedule(
                schedule.map(each -> "every " + DurationText.format(each)).orElse("by hand"));
    profile
        .lastPass()
        .ifPresent(
            report -> {
              var complete = report.outcome() == MirrorReport.Outcome.COMPLETE;
              state.setLastPass(
                  of(
                      profile.profile(),
                      report,
                      complete ? profile.lastSuccess() : Optional.empty()));
            });
    return state.build();
  }

  /**
   * A pass.
   *
   * @param begun empty where it is not known
   */
  static FolderPass of(String profile, MirrorReport report, Optional<Instant> begun) {
    var counts = report.counts();
    return FolderPass.newBuilder()
        .setProfile(profile)
        .setStartedMilliseconds(begun.map(Instant::toEpochMilli).orElse(0L))
        .setEndedMilliseconds(begun.map(at -> at.plus(report.elapsed()).toEpochMilli()).orElse(0L))
        .setEqual(report.outcome() == MirrorReport.Outcome.COMPLETE)
        .setWords(report.summary())
        .setFiles(counts.files())
        .setBytes(counts.bytes())
        .setCreated(counts.created())
        .setUpdated(counts.updated() + counts.renamed() + counts.metadata())
        .setDeleted(counts.deleted())
        .setFailed(counts.failed())
        .build();
  }

  /** Passes of several profiles as one. */
  static FolderPass add(FolderPass one, FolderPass other) {
    return one.toBuilder()
        .setProfile(one.getProfile() + ", " + other.getProfile())
        .setEndedMilliseconds(other.getEndedMilliseconds())
        .setEqual(one.getEqual() && other.getEqual())
        .setWords(one.getEqual() ? other.getWords() : one.getWords())
        .setFiles(one.getFiles() + other.getFiles())
        .setBytes(one.getBytes() + other.getBytes())
        .setCreated(one.getCreated() + other.getCreated())
        .setUpdated(one.getUpdated() + other.getUpdated())
        .setDeleted(one.getDeleted() + other.getDeleted())
        .setFailed(one.getFailed() + other.getFailed())
        .build();
  }
}
