package org.gemel.mirror;

import java.util.Arrays;
import org.gemel.mirror.system.ContentReader;
import org.gemel.mirror.system.OpenFile;
import org.gemel.mirror.system.SystemCallException;

/** Reads two files side by side. */
final class SameContent {
  private static final int BLOCK = 1024 * 1024;

  private SameContent() {}

  static boolean check(OpenFile one, long size, OpenFile other, Runnable allowStop)
      throws SystemCallException {
    ContentReader left = new ContentReader(one);
    ContentReader right = new ContentReader(other);
    int block = Math.clamp(size + 1, 1, BLOCK);
    byte[] wanted = new byte[block];
    byte[] found = new byte[block];
    while (true) {
      allowStop.run();
      int filled = left.fill(wanted);
      if (filled != right.fill(found) || !Arrays.equals(wanted, 0, filled, found, 0, filled)) {
        return false;
      }
      if (filled < block) {
        return true;
      }
    }
  }
}
