package org.gemel.mirror;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.gemel.core.Side;

/**
 * How the folder mirror stands.
 *
 * @param main the side it mirrors from; empty when stopped
 * @param pausedSince since when all of it is paused
 */
public record FolderMirrorStatus(
    Optional<Side> main, Optional<Instant> pausedSince, List<ProfileStatus> profiles) {
  public FolderMirrorStatus {
    profiles = List.copyOf(profiles);
  }

  public boolean running() {
    return main.isPresent();
  }
}
