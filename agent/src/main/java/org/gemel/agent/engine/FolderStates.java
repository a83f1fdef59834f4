package org.gemel.agent.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.gemel.core.Side;
import org.gemel.mirror.EndedPass;
import org.gemel.mirror.FolderMirrorStatus;
import org.gemel.mirror.MirrorReport;
import org.gemel.mirror.PassProgress;
import org.gemel.mirror.ProfileStatus;
import org.gemel.wire.WireSides;
import org.gemel.wire.protocol.FolderMirrorState;
import org.gemel.wire.protocol.FolderPass;
import org.gemel.wire.protocol.FolderProgress;
import org.gemel.wire.protocol.ProfileState;

/** The folder mirror's state on the wire. */
final class FolderStates {
  private FolderStates() {}

  static FolderMirrorState.Builder of(FolderMirrorStatus status) {
    var state =
        FolderMirrorState.newBuilder()
            .setRunning(status.running())
            .setPausedSinceMilliseconds(milliseconds(status.pausedSince()));
    status.main().map(WireSides::toWire).ifPresent(state::setFrom);
    status.profiles().forEach(profile -> state.addProfiles(of(profile)));
    return state;
  }

  private static ProfileState of(ProfileStatus profile) {
    var state =
        ProfileState.newBuilder()
            .setName(profile.profile())
            .setSchedule(profile.schedule())
            .setPausedSinceMilliseconds(milliseconds(profile.pausedSince()))
            .setWaiting(profile.waiting())
            .setPassUnderWay(profile.atWork().isPresent())
            .setNextMilliseconds(milliseconds(profile.nextDue()))
            .setLastSuccessMilliseconds(milliseconds(profile.lastSuccess()))
            .setBehindSinceMilliseconds(milliseconds(profile.behindSince()))
            .setFollowing(profile.following())
            .setFollowedBy(profile.followedBy().orElse(""))
            .setCaughtUp(profile.caughtUp())
            .setFailure(profile.lastFailure().orElse(""));
    profile.atWork().map(FolderStates::of).ifPresent(state::setProgress);
    profile.lastPass().map(FolderStates::of).ifPresent(state::setLastPass);
    profile.scrub().map(ScrubStates::of).ifPresent(state::setScrub);
    return state.build();
  }

  private static FolderProgress of(PassProgress progress) {
    return FolderProgress.newBuilder()
        .setSinceMilliseconds(progress.since().toEpochMilli())
        .setFiles(progress.files())
        .setBytesMoved(progress.bytesMoved())
        .setBytesPerSecond(progress.bytesPerSecond())
        .setLeftMilliseconds(progress.left().map(Duration::toMillis).orElse(-1L))
        .setAt(progress.at())
        .build();
  }

  static FolderPass of(EndedPass pass) {
    var counts = pass.counts();
    return FolderPass.newBuilder()
        .setProfile(pass.profile())
        .setFrom(WireSides.toWire(pass.from()))
        .setStartedMilliseconds(pass.begun().toEpochMilli())
        .setEndedMilliseconds(pass.ended().toEpochMilli())
        .setEqual(pass.equal())
        .setOutcome(pass.outcome().name())
        .setWords(pass.words())
        .setFiles(counts.files())
        .setBytes(counts.bytes())
        .setCreated(counts.created())
        .setUpdated(counts.updated() + counts.renamed() + counts.metadata())
        .setRenamed(counts.renamed())
        .setDeleted(counts.deleted())
        .setFailed(counts.failed())
        .setBytesMoved(counts.bytesMoved())
        .setScrubbed(pass.scrubbed().orElse(0L))
        .build();
  }

  /** A pass that was asked for. */
  static FolderPass of(String profile, Side from, Instant begun, MirrorReport report) {
    return of(
        new EndedPass(
            profile,
            from,
            begun,
            begun.plus(report.elapsed()),
            report.outcome(),
            report.counts(),
            report.summary()));
  }

  /** Passes of several profiles as one. */
  static FolderPass add(FolderPass one, FolderPass other) {
    return one.toBuilder()
        .setProfile(one.getProfile() + ", " + other.getProfile())
        .setEndedMilliseconds(other.getEndedMilliseconds())
        .setEqual(one.getEqual() && other.getEqual())
        .setOutcome(one.getEqual() ? other.getOutcome() : one.getOutcome())
        .setWords(one.getEqual() ? other.getWords() : one.getWords())
        .setFiles(one.getFiles() + other.getFiles())
        .setBytes(one.getBytes() + other.getBytes())
        .setCreated(one.getCreated() + other.getCreated())
        .setUpdated(one.getUpdated() + other.getUpdated())
        .setRenamed(one.getRenamed() + other.getRenamed())
        .setDeleted(one.getDeleted() + other.getDeleted())
        .setFailed(one.getFailed() + other.getFailed())
        .setBytesMoved(one.getBytesMoved() + other.getBytesMoved())
        .build();
  }

  private static long milliseconds(Optional<Instant> at) {
    return at.map(Instant::toEpochMilli).orElse(0L);
  }
}
