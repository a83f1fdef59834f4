package org.gemel.bench.tree;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.SplittableRandom;

/** Large files, and changes within them. */
public final class LargeFiles {
  private static final int BUFFER = 1 << 20;

  private LargeFiles() {}

  /** Makes a folder of this many files; it must not be there yet. */
  public static void make(Path root, int files, long bytesEach) throws IOException {
    Files.createDirectory(root);
    for (int file = 0; file < files; file++) {
      Path path = Files.createFile(root.resolve("clip" + file + ".mxf"));
      append(path, bytesEach, file);
    }
  }

  /** Puts noise after a file's end. */
  public static void append(Path file, long bytes, long number) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
      write(channel, bytes, Noise.of(number));
    }
  }

  /**
   * Overwrites so many pieces of a file, in places that do not overlap and are another set for each
   * number.
   */
  public static void change(Path file, int pieces, long bytesEach, long number) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      long stride = channel.size() / pieces;
      SplittableRandom noise = Noise.of(number);
      for (int piece = 0; piece < pieces; piece++) {
        long within = noise.nextLong(Math.max(1, stride - bytesEach));
        channel.position(piece * stride + within);
        write(channel, bytesEach, noise);
      }
    }
  }

  private static void write(FileChannel channel, long bytes, SplittableRandom noise)
      throws IOException {
    byte[] buffer = new byte[BUFFER];
    long left = bytes;
    while (left > 0) {
      noise.nextBytes(buffer);
      ByteBuffer part = ByteBuffer.wrap(buffer, 0, (int) Math.min(left, BUFFER));
      left -= part.remaining();
      while (part.hasRemaining()) {
        channel.write(part);
      }
    }
  }
}
