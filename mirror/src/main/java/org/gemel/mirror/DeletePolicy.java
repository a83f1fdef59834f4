package org.gemel.mirror;

/** What becomes of things the target has and the source has not. */
public enum DeletePolicy {
  /** They are deleted: the target equals the source. */
  MIRROR,
  /** They stay, for good: the target holds at least what the source holds. */
  KEEP
}
