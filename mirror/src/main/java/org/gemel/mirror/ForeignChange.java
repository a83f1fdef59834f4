package org.gemel.mirror;

import java.util.Locale;
import org.gemel.mirror.system.TreePath;

/** Something on the target that somebody else has changed since it was last made equal. */
public record ForeignChange(Kind kind, TreePath path) {
  /** What was done to an entry. */
  public enum Kind {
    /** It was put there; the source has and had nothing of that name. */
    ADDED,
    /** Its content, metadata or type was changed; the source's is what it was. */
    CHANGED,
    /** It was taken away; the source's is what it was. */
    REMOVED
  }

  /** The line a person reads, control characters escaped. */
  public String line() {
    return kind.name().toLowerCase(Locale.ROOT) + " " + path;
  }
}
