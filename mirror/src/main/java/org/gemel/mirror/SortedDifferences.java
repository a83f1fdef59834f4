package org.gemel.mirror;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Puts differences, which several threads find in any order, into the order of their paths: two
 * runs say the same. Beyond a number they are passed on as they come, so that trees that have
 * nothing in common do not fill the memory.
 */
final class SortedDifferences {
  static final int KEPT = 100_000;

  private final Consumer<Difference> consumer;
  private final int kept;
  private final List<Difference> waiting = new ArrayList<>();
  private boolean streaming;
  private long told;

  SortedDifferences(Consumer<Difference> consumer, int kept) {
    this.consumer = consumer;
    this.kept = kept;
  }

  synchronized void found(Difference difference) {
    if (streaming) {
      pass(difference);
      return;
    }
    waiting.add(difference);
    if (waiting.size() > kept) {
      flush();
      streaming = true;
    }
  }

  /** Passes on what waits. */
  synchronized void flush() {
    List<Difference> sorted = new ArrayList<>(waiting);
    waiting.clear();
    sorted.sort(Comparator.comparing(Difference::path));
    for (int i = 0; i < sorted.size(); i++) {
      Difference difference = sorted.get(i);
      while (i + 1 < sorted.size() && sorted.get(i + 1).path().equals(difference.path())) {
        i++;
        difference = join(difference, sorted.get(i));
      }
      pass(difference);
    }
  }

  /** What was found of one entry at two times is one difference. */
  private static Difference join(Difference one, Difference other) {
    if (one instanceof Difference.Unlike a && other instanceof Difference.Unlike b) {
      Set<Aspect> aspects = EnumSet.copyOf(a.aspects());
      aspects.addAll(b.aspects());
      return new Difference.Unlike(one.path(), aspects);
    }
    throw new IllegalStateException("found two differences of one entry: " + one + ", " + other);
  }

  private void pass(Difference difference) {
    told++;
    consumer.accept(difference);
  }

  synchronized long told() {
    return told;
  }
}
