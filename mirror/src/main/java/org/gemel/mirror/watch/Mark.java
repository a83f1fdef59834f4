package org.gemel.mirror.watch;

import java.util.List;
import org.gemel.mirror.system.EntryName;
import org.jspecify.annotations.Nullable;

/**
 * What an event says, before it is known where its folders are by now. Equal marks are one.
 *
 * @param <K> by what an event names a folder
 */
sealed interface Mark<K> {
  /** The folders it names; none if it is about the tree as a whole. */
  default List<K> folders() {
    return switch (this) {
      case Touched<K> mark -> List.of(mark.folder());
      case Itself<K> mark -> List.of(mark.folder());
      case Below<K> mark -> List.of(mark.folder());
      case Moved<K> mark -> List.of(mark.from(), mark.to());
      case Everything<K> _, RootGone<K> _ -> List.of();
    };
  }

  /** Something about this name of this folder. */
  record Touched<K>(K folder, EntryName name) implements Mark<K> {}

  /** Something about the folder itself, seen without its name. */
  record Itself<K>(K folder) implements Mark<K> {}

  /** Something about all below a name of a folder, or below the folder itself. */
  record Below<K>(K folder, @Nullable EntryName name, String why) implements Mark<K> {}

  /**
   * An entry went from one name to another, in one folder or between two.
   *
   * @param folder whether what moved is a folder
   * @param object the moved inode, as far as the events tell: two moves there and back are a swap
   *     if they moved different ones
   */
  record Moved<K>(
      K from, EntryName fromName, K to, EntryName toName, boolean folder, @Nullable Object object)
      implements Mark<K> {

    boolean swapsBack(Moved<K> earlier) {
      return from.equals(earlier.to)
          && fromName.equals(earlier.toName)
          && to.equals(earlier.from)
          && toName.equals(earlier.fromName)
          && object != null
          && !object.equals(earlier.object);
    }
  }

  record Everything<K>(String why) implements Mark<K> {}

  record RootGone<K>(String why) implements Mark<K> {}
}
