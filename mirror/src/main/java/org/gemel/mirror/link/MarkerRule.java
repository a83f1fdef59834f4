package org.gemel.mirror.link;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.gemel.mirror.system.EntryName;

/** Which files may be asked for as a volume's marker: Gemel's own, or it would open any file. */
final class MarkerRule {
  private static final byte[] OWN = ".gemel-".getBytes(StandardCharsets.US_ASCII);

  private MarkerRule() {}

  static void require(EntryName name) throws IOException {
    if (!name.startsWith(OWN)) {
      throw new LinkRefusedException(
          "found the marker name '" + name + "', wanted one that begins with .gemel-");
    }
  }
}
