package org.gemel.control.api;

import org.jspecify.annotations.Nullable;

/**
 * A wish to start a run.
 *
 * @param automatic false: guide mode, each step waits for a person
 * @param tickManual manual steps tick themselves; for scripts
 * @param confirm the side that may be overwritten at the point of no return; null: stop there and
 *     ask
 * @param drop the hash of the list of what a start of the replication in it may drop; null: nothing
 */
public record RunRequest(
    String workflow,
    boolean automatic,
    boolean tickManual,
    @Nullable String confirm,
    @Nullable String drop) {

  /** A run that may drop nothing. */
  public RunRequest(
      String workflow, boolean automatic, boolean tickManual, @Nullable String confirm) {
    this(workflow, automatic, tickManual, confirm, null);
  }
}
