package org.gemel.demo.facility;

import java.util.List;
import java.util.Optional;
import org.gemel.core.Side;

/**
 * One device of the demo.
 *
 * @param dedicated the side it belongs to for good; empty if it can be switched
 */
public record Device(String name, Kind kind, Optional<Side> dedicated) {
  /** What it is for. */
  public enum Kind {
    NAS_HEAD,
    DATABASE_HOST,
    BROWSE_SERVER,
    EDITOR,
    INGEST,
    ENCODER
  }

  /** All devices of the demo. */
  public static List<Device> all() {
    return List.of(
        dedicated("nas-x", Kind.NAS_HEAD, Side.X),
        dedicated("nas-y", Kind.NAS_HEAD, Side.Y),
        dedicated("db-x", Kind.DATABASE_HOST, Side.X),
        dedicated("db-y", Kind.DATABASE_HOST, Side.Y),
        switchable("browse-1", Kind.BROWSE_SERVER),
        switchable("edit-1", Kind.EDITOR),
        switchable("edit-2", Kind.EDITOR),
        switchable("edit-3", Kind.EDITOR),
        switchable("ingest-1", Kind.INGEST),
        switchable("encode-1", Kind.ENCODER));
  }

  /** Whether it writes items through a mount and keeps a journal of them. */
  public boolean works() {
    return switch (kind) {
      case EDITOR, INGEST, ENCODER -> true;
      case NAS_HEAD, DATABASE_HOST, BROWSE_SERVER -> false;
    };
  }

  private static Device dedicated(String name, Kind kind, Side side) {
    return new Device(name, kind, Optional.of(side));
  }

  private static Device switchable(String name, Kind kind) {
    return new Device(name, kind, Optional.empty());
  }
}
