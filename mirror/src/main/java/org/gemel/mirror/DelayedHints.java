package org.gemel.mirror;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gemel.mirror.watch.Hint;
import org.gemel.mirror.watch.PendingHints;

/**
 * Places to look at not now but at a time: what failed, what was copied in the moment it was
 * written, and large files that are written to all the time, which would be copied all the time.
 */
final class DelayedHints {
  private final Map<Hint, Instant> waiting = new LinkedHashMap<>();
  private final Map<Hint, Instant> resting = new HashMap<>();

  void add(Hint hint, Instant at) {
    waiting.merge(hint, at, (one, other) -> one.isBefore(other) ? one : other);
  }

  void addAll(Collection<Hint> hints, Instant at) {
    hints.forEach(each -> add(each, at));
  }

  /** From now until a time a place is looked at no more; what is told of it meanwhile waits. */
  void rest(Hint hint, Instant until) {
    resting.put(hint, until);
  }

  /** Whether a place rests; then it is kept for the end of that. */
  boolean isBusy(Hint hint, Instant now) {
    Instant until = resting.get(hint);
    if (until == null) {
      return false;
    }
    if (!now.isBefore(until)) {
      resting.remove(hint);
      return false;
    }
    add(hint, until);
    return true;
  }

  /** Has what waits looked at also where renames carried it. */
  void carry(List<Hint.Renamed> moved) {
    Map<Hint, Instant> before = new LinkedHashMap<>(waiting);
    before.forEach((hint, at) -> PendingHints.carried(hint, moved).forEach(each -> add(each, at)));
  }

  /** Takes what is to be looked at by now. */
  Set<Hint> due(Instant now) {
    Set<Hint> due = new LinkedHashSet<>();
    for (Iterator<Map.Entry<Hint, Instant>> at = waiting.entrySet().iterator(); at.hasNext(); ) {
      Map.Entry<Hint, Instant> each = at.next();
      if (!now.isBefore(each.getValue())) {
        due.add(each.getKey());
        at.remove();
      }
    }
    resting.values().removeIf(until -> !now.isBefore(until));
    return due;
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }
}
