package org.gemel.control.api;

import java.time.Instant;
import java.util.List;
import org.gemel.core.Side;
import org.jspecify.annotations.Nullable;

/** The folder mirror of the pair. {@code from} is null where it does not run. */
public record FolderMirrorStatus(
    Lamp lamp, boolean running, @Nullable Side from, String words, List<Profile> profiles) {

  /**
   * One profile.
   *
   * @param lastPassEnded null where none has ended yet
   * @param nextPass null where none is due
   */
  public record Profile(
      String name,
      String schedule,
      boolean passUnderWay,
      @Nullable Instant lastPassEnded,
      @Nullable Instant nextPass,
      boolean equal,
      long files,
      long bytes,
      String words) {}
}
