package org.gemel.mirror;

import java.util.Locale;
import java.util.Optional;
import org.gemel.mirror.system.TreePath;

/**
 * One change to the target: done, or in a dry run to be done.
 *
 * @param from where it was before; only of a {@link Kind#RENAME}
 */
public record Change(Kind kind, TreePath path, Optional<TreePath> from) {
  Change(Kind kind, TreePath path) {
    this(kind, path, Optional.empty());
  }

  /** What happens to an entry. */
  public enum Kind {
    /** It was not there. */
    CREATE,
    /** Its content, link target or type is replaced. */
    UPDATE,
    /** It moves from another name; its content is not moved. */
    RENAME,
    /** It goes. */
    DELETE,
    /** Its mode, owner, time or attributes change, its content does not. */
    METADATA
  }

  /** The line that a dry run prints, control characters escaped. */
  public String line() {
    return kind.name().toLowerCase(Locale.ROOT)
        + " "
        + path
        + from.map(old -> " <- " + old).orElse("");
  }
}
