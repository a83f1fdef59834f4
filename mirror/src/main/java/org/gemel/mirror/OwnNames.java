package org.gemel.mirror;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.gemel.mirror.system.EntryName;

/** Names that are Gemel's or the volume's and no part of what is mirrored. */
final class OwnNames {
  private static final byte[] OWN = ".gemel-".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] TEMPORARY = ".gemel-tmp-".getBytes(StandardCharsets.US_ASCII);
  private static final EntryName LOST_AND_FOUND = EntryName.of("lost+found");

  private final Optional<EntryName> marker;

  OwnNames(Optional<Marker> marker) {
    this.marker = marker.map(each -> EntryName.of(each.fileName()));
  }

  /** Whether the name is an unfinished copy of some pass. */
  static boolean isTemporary(EntryName name) {
    return name.startsWith(TEMPORARY);
  }

  /**
   * Whether a name at the top of a tree belongs to the volume rather than to the tree.
   *
   * @param mountRoot whether the tree's root is the top of a file system, which then owns {@code
   *     lost+found}
   */
  boolean isOwnAtTop(EntryName name, boolean mountRoot) {
    return name.startsWith(OWN)
        || marker.map(name::equals).orElse(false)
        || (mountRoot && name.equals(LOST_AND_FOUND));
  }
}
