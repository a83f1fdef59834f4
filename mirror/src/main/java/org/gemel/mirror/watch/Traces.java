package org.gemel.mirror.watch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.gemel.mirror.watch.Trace.Slot;
import org.jspecify.annotations.Nullable;

/** Follows what moved through the moves of one await(), in their order. */
final class Traces<K> {
  private final List<Trace<K>> all = new ArrayList<>();
  private final Map<Slot<K>, Trace<K>> current = new HashMap<>();

  static <K> List<Trace<K>> of(List<Mark.Moved<K>> moves) {
    Traces<K> traces = new Traces<>();
    for (int at = 0; at < moves.size(); at++) {
      Mark.Moved<K> move = moves.get(at);
      Mark.Moved<K> next = at + 1 < moves.size() ? moves.get(at + 1) : null;
      if (next != null && next.swapsBack(move)) {
        traces.swap(move, next);
        at++;
      } else {
        traces.move(move);
      }
    }
    return traces.all;
  }

  private void move(Mark.Moved<K> move) {
    Slot<K> from = new Slot<>(move.from(), move.fromName());
    Slot<K> to = new Slot<>(move.to(), move.toName());
    Trace<K> moved = take(from, move.object());
    put(moved, to);
  }

  private void swap(Mark.Moved<K> there, Mark.Moved<K> back) {
    Slot<K> one = new Slot<>(there.from(), there.fromName());
    Slot<K> other = new Slot<>(there.to(), there.toName());
    Trace<K> first = take(one, there.object());
    Trace<K> second = take(other, back.object());
    put(first, other);
    put(second, one);
  }

  private Trace<K> take(Slot<K> slot, @Nullable Object object) {
    Trace<K> there = current.remove(slot);
    if (there != null && there.canBe(object)) {
      return there;
    }
    if (there != null) {
      there.replaced();
    }
    Trace<K> fresh = new Trace<>(slot, object);
    all.add(fresh);
    return fresh;
  }

  private void put(Trace<K> moved, Slot<K> slot) {
    Trace<K> before = current.put(slot, moved);
    if (before != null) {
      before.replaced();
    }
    moved.moveTo(slot);
  }
}
