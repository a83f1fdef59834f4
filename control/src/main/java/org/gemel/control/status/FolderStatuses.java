package org.gemel.control.status;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.gemel.control.api.FolderMirrorStatus;
import org.gemel.control.api.Lamp;
import org.gemel.control.site.Reality;
import org.gemel.core.Role;
import org.gemel.core.Side;
import org.gemel.wire.protocol.FolderMirrorState;
import org.gemel.wire.protocol.FolderPass;
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
          Lamp.UNKNOWN, false, null, "unknown: a NAS head does not answer", List.of());
    }
    return new FolderMirrorStatus(Lamp.GREY, false, null, "stopped", profiles(reality));
  }

  private static FolderMirrorStatus running(Reality reality, Side from, FolderMirrorState state) {
    boolean wrongWay = reality.volumeRole(from).filter(r -> r == Role.MAIN).isEmpty();
    List<ProfileState> failed =
        state.getProfilesList().stream().filter(FolderStatuses::failed).toList();
    if (wrongWay) {
      return new FolderMirrorStatus(
          Lamp.RED, true, from, "runs from " + from + ", which is not main", profiles(reality));
    }
    if (!failed.isEmpty()) {
      ProfileState first = failed.getFirst();
      return new FolderMirrorStatus(
          Lamp.RED,
          true,
          from,
          "profile " + first.getName() + ": " + first.getLastPass().getWords(),
          profiles(reality));
    }
    return new FolderMirrorStatus(
        Lamp.GREEN, true, from, "running from " + from + " to " + from.other(), profiles(reality));
  }

  private static boolean failed(ProfileState profile) {
    return profile.hasLastPass() && !profile.getLastPass().getEqual();
  }

  private static List<FolderMirrorStatus.Profile> profiles(Reality reality) {
    Side shown =
        reality.folderMirror(Side.Y).filter(FolderMirrorState::getRunning).isPresent()
                || (reality.volumeRole(Side.Y).filter(r -> r == Role.MAIN).isPresent()
                    && reality.volumeRole(Side.X).filter(r -> r == Role.MAIN).isEmpty())
            ? Side.Y
            : Side.X;
    return reality
        .folderMirror(shown)
        .map(m -> m.getProfilesList().stream().map(FolderStatuses::profile).toList())
        .orElse(List.of());
  }

  private static FolderMirrorStatus.Profile profile(ProfileState profile) {
    FolderPass last = profile.getLastPass();
    return new FolderMirrorStatus.Profile(
        profile.getName(),
        profile.getSchedule(),
        profile.getPassUnderWay(),
        instant(last.getEndedMilliseconds()),
        instant(profile.getNextMilliseconds()),
        last.getEqual(),
        last.getFiles(),
        last.getBytes(),
        last.getWords());
  }

  private static @Nullable Instant instant(long milliseconds) {
    return milliseconds == 0 ? null : Instant.ofEpochMilli(milliseconds);
  }
}
