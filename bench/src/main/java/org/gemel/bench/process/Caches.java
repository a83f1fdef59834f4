package org.gemel.bench.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Brings the machine's caches to the same state before each measured run: what the run before left
 * to be written is written, then either everything is dropped (cold) or the sources are read
 * (warm).
 */
public final class Caches {
  private static final Path DROP = Path.of("/proc/sys/vm/drop_caches");

  private final boolean cold;
  private final Timed timed;
  private final Path folder;

  public Caches(boolean cold, Timed timed, Path folder) {
    this.cold = cold;
    this.timed = timed;
    this.folder = folder;
  }

  public static boolean mayDrop() {
    return Files.isWritable(DROP);
  }

  public String name() {
    return cold ? "cold" : "warm";
  }

  public void settle() throws IOException, InterruptedException {
    timed.require(Launch.of("sync", "-f", folder.toString()));
    if (cold) {
      Files.writeString(DROP, "3\n");
    }
  }

  /** Reads large files, where caches are to be warm: nothing else makes sure that they are. */
  public void warm(Path tree) throws IOException {
    if (cold) {
      return;
    }
    List<Path> files;
    try (Stream<Path> walk = Files.walk(tree)) {
      files = walk.filter(Files::isRegularFile).toList();
    }
    ByteBuffer buffer = ByteBuffer.allocateDirect(4 << 20);
    for (Path file : files) {
      try (FileChannel read = FileChannel.open(file)) {
        while (read.read(buffer.clear()) >= 0) {
          // what is read is only to be in the cache
        }
      }
    }
  }
}
