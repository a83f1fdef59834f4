package org.gemel.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** A disk in memory that a test may fill and let grow. Only root may mount one. */
final class SmallDisk implements AutoCloseable {
  private final Path point;

  private SmallDisk(Path point) {
    this.point = point;
  }

  /** Over a folder that is there; the owner's, as a server wants it. */
  static SmallDisk over(Path folder, int megabytes, UserPrincipal owner) throws IOException {
    Assumptions.assumeTrue(
        run(List.of("mount", "-t", "tmpfs", "-o", size(megabytes), "none", folder.toString())) == 0,
        "this user cannot mount a disk in memory, which only root may");
    Files.setOwner(folder, owner);
    return new SmallDisk(folder);
  }

  void growTo(int megabytes) throws IOException {
    if (run(List.of("mount", "-o", "remount," + size(megabytes), point.toString())) != 0) {
      throw new IOException("cannot let the disk at " + point + " grow");
    }
  }

  @Override
  public void close() throws IOException {
    if (run(List.of("umount", "-l", point.toString())) != 0) {
      throw new IOException("cannot take the disk at " + point + " away");
    }
  }

  private static String size(int megabytes) {
    return "mode=700,size=" + megabytes + "m";
  }

  static int run(List<String> command) throws IOException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .onExit()
        .join()
        .exitValue();
  }
}
