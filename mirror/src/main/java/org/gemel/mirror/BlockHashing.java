package org.gemel.mirror;

import java.io.IOException;
import java.util.function.BooleanSupplier;
import org.gemel.mirror.index.BlockHashes;
import org.gemel.mirror.system.FileStatus;
import org.gemel.mirror.system.OpenFile;

/** Hashes a file's blocks for somebody elsewhere, who will say which of them he lacks. */
public final class BlockHashing {
  private BlockHashing() {}

  /**
   * Hashes the file's beginning, as far as hashes are wanted.
   *
   * @param unwanted asked all the time; ends it
   * @return false if the file ended early, or the hashes are not wanted any more
   */
  public static boolean hash(
      OpenFile file, FileStatus status, BlockHashes into, BooleanSupplier unwanted)
      throws IOException {
    return new BlockReader(file, status, Workers.usual(), () -> {})
        .read(into, (_, _) -> !unwanted.getAsBoolean());
  }
}
