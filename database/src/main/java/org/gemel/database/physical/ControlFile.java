package org.gemel.database.physical;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.zip.CRC32C;
import org.gemel.database.DatabaseFailure;

/**
 * A server's {@code global/pg_control}: who it is, and whether it was shut down cleanly.
 *
 * <p>Its first 8 bytes are the identifier and its state lies at 16 in every release from 14 to 18;
 * where its checksum lies depends on the release, so that place is found by proving it: the bytes
 * before it add up to it. What cannot be proven so is not written to.
 */
final class ControlFile {
  private static final int STATE = 16;
  private static final int SHUT_DOWN = 1;
  private static final int FIRST_CHECKSUM = 200;
  private static final int LAST_CHECKSUM = 480;

  private final Path file;

  ControlFile(Path data) {
    this.file = data.resolve("global").resolve("pg_control");
  }

  long identifier() throws IOException {
    return read().getLong(0);
  }

  boolean isShutDown() throws IOException {
    return read().getInt(STATE) == SHUT_DOWN;
  }

  /** The server must be stopped; afterwards its log must be written anew, which names it too. */
  void identify(long identifier) throws IOException, DatabaseFailure {
    byte[] content = Files.readAllBytes(file);
    int place =
        checksumPlace(content)
            .orElseThrow(
                () ->
                    DatabaseFailure.refused(
                        file + " without a checksum that could be proven",
                        "that of PostgreSQL 14 to 18 on this processor",
                        "start the replication without a physical copy"));
    if (!isShutDown()) {
      throw DatabaseFailure.unfinished(
          "the copied server not shut down cleanly", "it so", "start the replication again");
    }
    view(content).putLong(0, identifier);
    view(content).putInt(place, checksum(content, place));
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      out.write(content);
      out.getFD().sync();
    }
  }

  private ByteBuffer read() throws IOException {
    return view(Files.readAllBytes(file));
  }

  private static ByteBuffer view(byte[] content) {
    return ByteBuffer.wrap(content).order(ByteOrder.nativeOrder());
  }

  private static OptionalInt checksumPlace(byte[] content) {
    for (int place = FIRST_CHECKSUM;
        place <= Math.min(LAST_CHECKSUM, content.length - 4);
        place += 4) {
      if (view(content).getInt(place) == checksum(content, place)) {
        return OptionalInt.of(place);
      }
    }
    return OptionalInt.empty();
  }

  private static int checksum(byte[] content, int length) {
    CRC32C checksum = new CRC32C();
    checksum.update(content, 0, length);
    return (int) checksum.getValue();
  }
}
