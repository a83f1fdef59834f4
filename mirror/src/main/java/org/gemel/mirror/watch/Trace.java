package org.gemel.mirror.watch;

import org.gemel.mirror.system.EntryName;
import org.jspecify.annotations.Nullable;

/**
 * Something that moved, from its first place of an await() to its last. Places are names in
 * folders, whatever happened to the folders.
 */
final class Trace<K> {
  /** A name of a folder. */
  record Slot<K>(K folder, EntryName name) {}

  private final Slot<K> origin;
  private final @Nullable Object object;
  private @Nullable Slot<K> last;

  Trace(Slot<K> origin, @Nullable Object object) {
    this.origin = origin;
    this.object = object;
    this.last = origin;
  }

  Slot<K> origin() {
    return origin;
  }

  /** Null if something else was moved over it. */
  @Nullable Slot<K> last() {
    return last;
  }

  void moveTo(Slot<K> slot) {
    last = slot;
  }

  void replaced() {
    last = null;
  }

  /** Whether this can be what an event names, as far as both are known. */
  boolean canBe(@Nullable Object other) {
    return object == null || other == null || object.equals(other);
  }

  /** Whether it is known for sure to be back where it began. */
  boolean isBack() {
    return object != null && origin.equals(last);
  }
}
