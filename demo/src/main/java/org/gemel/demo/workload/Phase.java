package org.gemel.demo.workload;

/** What a journal line says about an act. Each phase is a promise. */
public enum Phase {
  /** The act may from now on have any part of its effect. */
  BEGUN,
  /** The file is on disk and the rows are committed: from now on nobody may lose them. */
  ACKNOWLEDGED,
  /** The act had no lasting effect, and the reason is known. */
  REFUSED,
  /** The connection broke during COMMIT: the act may have happened or not. */
  IN_DOUBT
}
