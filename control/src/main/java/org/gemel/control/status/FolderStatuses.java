package org.gemel.control.status;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.gemel.control.api.FolderMirrorStatus;
import org.gemel.control.api.Lamp;
import org.gemel.control.site.Reality;
import org.gemel.core.Role;
import org.gemel.core.Side;
import org.gemel.wire.protocol.FolderMirrorState;
import org.gemel.wire.protocol.FolderPass;
import org.gemel.wire.protocol.FolderProgress;
import org.gemel.wire.protocol.ProfileState;
import org.jspecify.annotations.Nullable;

/** The folder mirror, from both NAS heads. */
final class FolderStatuses {
  private FolderStatuses() {}

  static FolderMirrorStatus mirror(Reality reality) {
    for (Side from : Side.values()) {
      Optional<FolderMirrorState> state = reality.folderMirror(from);
      if (state.isPresent() && state.get().getRunning()) {
        return running(reality, from, state.get());
      }
    }
    if (reality.folderMirror(Side.X).isEmpty() || reality.folderMirror(Side.Y).isEmpty()) {
      return new FolderMirrorStatus(
          Lamp.UNKNOWN, false, null, "unknown: a NAS head does not answer", null, List.of());
    }
    Optional<FolderMirrorState> shown = reality.folderMirror(shown(reality));
    return new FolderMirrorStatus(
        Lamp.GREY,
        false,
        null,
        "stopped",
        shown.map(m -> instant(m.getPausedSinceMilliseconds())).orElse(null),
        profiles(reality, shown));
  }

  private static FolderMirrorStatus running(Reality reality, Side from, FolderMirrorState state) {
    boolean wrongWay = reality.volumeRole(from).filter(r -> r == Role.MAIN).isEmpty();
    Optional<ProfileState> failed =
        state.getProfilesList().stream().filter(p -> !failure(p).isEmpty()).findFirst();
    if (wrongWay) {
      return running(reality, Lamp.RED, from, "runs from " + from + ", which is not main", state);
    }
    if (failed.isPresent()) {
      return running(
          reality,
          Lamp.RED,
          from,
          "profile " + failed.get().getName() + ": " + failure(failed.get()),
          state);
    }
    if (!state.getWords().isEmpty()) {
      return running(reality, Lamp.RED, from, state.getWords(), state);
    }
    String flow = "running from " + from + " to " + from.other();
    Optional<String> paused = paused(state);
    return running(
        reality,
        paused.isPresent() ? Lamp.YELLOW : Lamp.GREEN,
        from,
        paused.map(words -> flow + ", " + words).orElse(flow),
        state);
  }

  private static FolderMirrorStatus running(
      Reality reality, Lamp lamp, Side from, String words, FolderMirrorState state) {
    return new FolderMirrorStatus(
        lamp,
        true,
        from,
        words,
        instant(state.getPausedSinceMilliseconds()),
        profiles(reality, Optional.of(state)));
  }

  private static Optional<String> paused(FolderMirrorState state) {
    Instant all = instant(state.getPausedSinceMilliseconds());
    if (all != null) {
      return Optional.of(
          "paused since " + Times.of(all) + ": nothing is mirrored until `gemel folders resume`");
    }
    String single =
        state.getProfilesList().stream()
            .filter(p -> p.getPausedSinceMilliseconds() != 0)
            .map(ProfileState::getName)
            .collect(Collectors.joining(", "));
    return single.isEmpty() ? Optional.empty() : Optional.of("paused: " + single);
  }

  /** Why the last pass was none; empty if it was one, or was ended because somebody wanted that. */
  private static String failure(ProfileState profile) {
    if (profile.getLastPass().getOutcome().equals("STOPPED")) {
      return "";
    }
    if (!profile.getFailure().isEmpty()) {
      return profile.getFailure();
    }
    return profile.hasLastPass() && !profile.getLastPass().getEqual()
        ? profile.getLastPass().getWords()
        : "";
  }

  private static Side shown(Reality reality) {
    return reality.volumeRole(Side.Y).filter(r -> r == Role.MAIN).isPresent()
            && reality.volumeRole(Side.X).filter(r -> r == Role.MAIN).isEmpty()
        ? Side.Y
        : Side.X;
  }

  private static List<FolderMirrorStatus.Profile> profiles(
      Reality reality, Optional<FolderMirrorState> shown) {
    Instant now = reality.site().now();
    return shown
        .map(m -> m.getProfilesList().stream().map(p -> profile(p, now)).toList())
        .orElse(List.of());
  }

  private static FolderMirrorStatus.Profile profile(ProfileState profile, Instant now) {
    FolderPass last = profile.getLastPass();
    String failure = failure(profile);
    return new FolderMirrorStatus.Profile(
        profile.getName(),
        profile.getSchedule(),
        profile.getPassUnderWay(),
        profile.getWaiting(),
        profile.hasProgress() ? progress(profile.getProgress()) : null,
        instant(last.getEndedMilliseconds()),
        instant(profile.getLastSuccessMilliseconds()),
        instant(profile.getNextMilliseconds()),
        instant(profile.getPausedSinceMilliseconds()),
        profile.getFollowing(),
        profile.getFollowedBy().isEmpty() ? null : profile.getFollowedBy(),
        lag(profile, now),
        last.getEqual(),
        last.getFiles(),
        last.getBytes(),
        failure.isEmpty() ? last.getWords() : failure,
        profile.hasScrub() ? ScrubStatuses.of(profile.getScrub(), now) : null);
  }

  private static FolderMirrorStatus.Progress progress(FolderProgress progress) {
    return new FolderMirrorStatus.Progress(
        Instant.ofEpochMilli(progress.getSinceMilliseconds()),
        progress.getFiles(),
        progress.getBytesMoved(),
        progress.getBytesPerSecond(),
        progress.getLeftMilliseconds() < 0 ? null : progress.getLeftMilliseconds() / 1000,
        progress.getAt());
  }

  private static @Nullable Long lag(ProfileState profile, Instant now) {
    if (profile.getCaughtUp()) {
      return 0L;
    }
    Instant behind = instant(profile.getBehindSinceMilliseconds());
    return behind == null ? null : Math.max(0, Duration.between(behind, now).toSeconds());
  }

  private static @Nullable Instant instant(long milliseconds) {
    return milliseconds == 0 ? null : Instant.ofEpochMilli(milliseconds);
  }
}
