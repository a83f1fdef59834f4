package org.gemel.control.api;

import java.time.Instant;
import java.util.List;
import org.gemel.core.Side;
import org.jspecify.annotations.Nullable;

/**
 * Passes of the folder mirror that have ended.
 *
 * @param passes newest first
 * @param silent NAS heads that did not answer; what they know is missing here
 */
public record FolderHistory(List<Pass> passes, List<String> silent) {
  /**
   * One pass.
   *
   * @param from null where it is not told
   * @param outcome COMPLETE, INCOMPLETE, REFUSED or STOPPED
   * @param files files and symbolic links of the source
   * @param updated content or only metadata; includes {@code renamed}
   * @param deleted entries, folders included
   * @param bytesMoved bytes of content written
   * @param words how it went, in a sentence
   */
  public record Pass(
      String profile,
      @Nullable Side from,
      @Nullable Instant begun,
      @Nullable Instant ended,
      String outcome,
      boolean equal,
      long files,
      long bytes,
      long created,
      long updated,
      long renamed,
      long deleted,
      long failed,
      long bytesMoved,
      String words) {}
}
