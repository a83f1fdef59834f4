package org.gemel.mirror.watch;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The marks of one await(): each place once, however often it was written to; moves apart and in
 * order.
 */
final class Batch<K> {
  /** Keeps a feed's memory flat; what is beyond comes with the next await(). */
  private static final int MOST_MARKS = 16 * 1024;

  private final Set<Mark<K>> looks = new LinkedHashSet<>();
  private final List<Mark.Moved<K>> moves = new ArrayList<>();
  private boolean movesFolders;

  void add(Mark<K> mark) {
    if (mark instanceof Mark.Moved<K> move) {
      moves.add(move);
      movesFolders |= move.folder();
    } else {
      looks.add(mark);
    }
  }

  boolean isFull() {
    return looks.size() + moves.size() >= MOST_MARKS;
  }

  boolean isEmpty() {
    return looks.isEmpty() && moves.isEmpty();
  }

  boolean movesFolders() {
    return movesFolders;
  }

  /** Every folder that is named, once. */
  Set<K> folders() {
    Set<K> folders = new HashSet<>();
    looks.forEach(each -> folders.addAll(each.folders()));
    moves.forEach(each -> folders.addAll(each.folders()));
    return folders;
  }

  Set<Mark<K>> looks() {
    return looks;
  }

  List<Mark.Moved<K>> moves() {
    return moves;
  }
}
