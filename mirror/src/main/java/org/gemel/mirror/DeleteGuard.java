package org.gemel.mirror;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * Decides whether a pass may delete as much as it is about to. Creates and updates do not depend on
 * it.
 */
final class DeleteGuard {
  static final long ALWAYS_ALLOWED = 1000;

  private DeleteGuard() {}

  /**
   * Says why the deletes must wait, if they must.
   *
   * @param deletes entries about to be deleted
   * @param held entries the target held before the pass
   */
  static Optional<Refusal> judge(long deletes, long held, OptionalLong allowed) {
    String flag = "--allow-delete " + deletes;
    if (allowed.isPresent() && deletes > allowed.getAsLong()) {
      return refuse(
          "found %d entries to delete of %d in the target, wanted at most the %d allowed: nothing was deleted; see"
                  .formatted(deletes, held, allowed.getAsLong())
              + " them with --dry-run "
              + flag
              + ", and if they may go run again with "
              + flag,
          flag);
    }
    if (allowed.isEmpty() && deletes > ALWAYS_ALLOWED && deletes * 2 > held) {
      return refuse(
          "found %d entries to delete of %d in the target, wanted at most %d or half: nothing was deleted; see them"
                  .formatted(deletes, held, ALWAYS_ALLOWED)
              + " with --dry-run "
              + flag
              + ", and if they may go run again with "
              + flag,
          flag);
    }
    return Optional.empty();
  }

  /** Says why a source without anything is not taken for the truth, if it is not. */
  static Optional<Refusal> judgeEmptySource(long held, OptionalLong allowed) {
    if (held == 0 || (allowed.isPresent() && allowed.getAsLong() >= held)) {
      return Optional.empty();
    }
    String flag = "--allow-delete " + held;
    return refuse(
        "found an empty source while the target holds "
            + held
            + " entries, wanted a source with something in it: is its volume mounted? If it is meant to be empty, run"
            + " again with "
            + flag,
        flag);
  }

  private static Optional<Refusal> refuse(String reason, String flag) {
    return Optional.of(new Refusal(reason, Optional.of(flag)));
  }
}
