package org.gemel.mirror;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Whose turn it is where profiles share a disk. Not more than so many passes are at work at once;
 * the others wait in the order in which they became due, and nobody stands in the queue twice: so
 * each waits for at most one pass of each other profile, however often those are due.
 *
 * <p>A pass that somebody asked for does not wait, but takes a place: those by schedule step back
 * for it.
 */
final class PassQueue {
  private final int atOnce;
  private final Set<String> waiting = new LinkedHashSet<>();
  private final Set<String> atWork = new HashSet<>();
  private int byHand;

  PassQueue(int atOnce) {
    if (atOnce < 1) {
      throw new IllegalArgumentException(
          "found " + atOnce + " passes at once, wanted 1 or more: nothing would be mirrored");
    }
    this.atOnce = atOnce;
  }

  /** The profile is due; it may be so already. */
  void due(String profile) {
    if (!atWork.contains(profile)) {
      waiting.add(profile);
    }
  }

  /** It does not want its turn any more. */
  void withdraw(String profile) {
    waiting.remove(profile);
  }

  /** All that wait go. */
  void clear() {
    waiting.clear();
  }

  /** Whether no pass by schedule is at work, or waits. */
  boolean isIdle() {
    return waiting.isEmpty() && atWork.isEmpty();
  }

  /** Whether it waits or has a place. */
  boolean holds(String profile) {
    return waiting.contains(profile) || atWork.contains(profile);
  }

  boolean isWaiting(String profile) {
    return waiting.contains(profile);
  }

  /** The profile whose turn it is, which has a place from now on. */
  Optional<String> next() {
    if (waiting.isEmpty() || atWork.size() + byHand >= atOnce) {
      return Optional.empty();
    }
    String first = waiting.iterator().next();
    waiting.remove(first);
    atWork.add(first);
    return Optional.of(first);
  }

  /** Gives the place back. */
  void ended(String profile) {
    atWork.remove(profile);
  }

  void begunByHand() {
    byHand++;
  }

  void endedByHand() {
    byHand--;
  }
}
