package org.gemel.mirror;

import java.util.Locale;
import org.gemel.mirror.system.TreePath;

/** One change to the target: done, or in a dry run to be done. */
public record Change(Kind kind, TreePath path) {
  /** What happens to an entry. */
  public enum Kind {
    /** It was not there. */
    CREATE,
    /** Its content, link target or type is replaced. */
    UPDATE,
    /** It moves from another name. Not found out yet: a rename is a create and a delete. */
    RENAME,
    /** It goes. */
    DELETE,
    /** Its mode, owner, time or attributes change, its content does not. */
    METADATA
  }

  /** The line that a dry run prints, control characters escaped. */
  public String line() {
    return kind.name().toLowerCase(Locale.ROOT) + " " + path;
  }
}
