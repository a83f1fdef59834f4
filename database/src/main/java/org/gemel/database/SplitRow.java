package org.gemel.database;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A row that may be otherwise on either side of a split. Values are texts, in the order of {@link
 * SplitTable#columns}.
 *
 * @param here as it is on the side that is to be overwritten; null if it is not there
 * @param onMain as it is on the side that is main; null if it is not there
 * @param changedHere when this side changed it last; null if it did not
 * @param changedOnMain when main changed it last; null if it did not
 */
record SplitRow(
    @Nullable List<Optional<String>> here,
    @Nullable List<Optional<String>> onMain,
    @Nullable Instant changedHere,
    @Nullable Instant changedOnMain) {
  /** What becomes of this side's row. */
  enum Fate {
    /** It is on this side only, and goes. */
    LOST,
    /** This side changed it; main's comes in its place. */
    REPLACED,
    /** This side deleted it; main's comes back. */
    BACK,
    /** Main alone changed it: nothing of this side's is lost. */
    CAUGHT_UP,
    /** Alike. */
    SAME
  }

  Fate fate() {
    if (here == null ? onMain == null : here.equals(onMain)) {
      return Fate.SAME;
    }
    if (changedHere == null) {
      return Fate.CAUGHT_UP;
    }
    return onMain == null ? Fate.LOST : here == null ? Fate.BACK : Fate.REPLACED;
  }
}
