package org.gemel.mirror;

/** What becomes of things the target has and the source has not. */
public enum DeletePolicy {
  /** They are deleted: the target equals the source. */
  MIRROR,
  /**
   * They are moved to the salvage area at the top of the target, and so is the old content of what
   * is overwritten; they stay there within the area's limits.
   */
  SALVAGE,
  /** They stay, for good: the target holds at least what the source holds. */
  KEEP;

  /** Whether they go from where they are. */
  boolean removes() {
    return this != KEEP;
  }
}
