package org.gemel.demo.workload;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/**
 * A take that grows under its final name while it is recorded, as real ones do; its row comes when
 * it is complete.
 */
record Recording(JournalLine line, String device, int hertz, Duration length) implements Deed {
  private static final int PIECES = 8;
  private static final int SAMPLES_PER_SECOND = 48_000;
  private static final int CHANNELS = 2;
  private static final int FRAMES_A_PIECE = 12_000;

  @Override
  public JournalLine prepare(Mount mount, JournalLine begun) throws IOException, Refusal {
    Path file = mount.file(begun.file());
    Path folder = mount.file(Path.of("Media", device).toString());
    DurableFiles.createFolders(folder);
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      write(channel, Wave.header(0, CHANNELS, SAMPLES_PER_SECOND));
      for (int piece = 0; piece < PIECES; piece++) {
        write(
            channel,
            Wave.samples(
                hertz, piece * FRAMES_A_PIECE, FRAMES_A_PIECE, CHANNELS, SAMPLES_PER_SECOND));
        Thread.sleep(length.dividedBy(PIECES));
      }
      int sampleBytes = (int) channel.position() - Wave.HEADER_BYTES;
      channel.position(0);
      write(channel, Wave.header(sampleBytes, CHANNELS, SAMPLES_PER_SECOND));
      channel.force(true);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refusal("the recording was interrupted");
    }
    DurableFiles.sync(folder);
    return new JournalLine(
        begun.phase(),
        begun.act(),
        begun.number(),
        begun.item(),
        begun.side(),
        begun.table(),
        begun.row(),
        begun.file(),
        Files.size(file),
        DurableFiles.sha256(file),
        begun.version(),
        begun.at(),
        begun.reason());
  }

  private static void write(FileChannel channel, byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  @Override
  public long rows(Connection connection, JournalLine recorded) throws SQLException {
    return AssetRows.insertMedia(connection, device, recorded);
  }

  @Override
  public void files(Mount mount, JournalLine recorded) {}

  @Override
  public void takeBack(Mount mount, JournalLine recorded) throws IOException {
    Files.deleteIfExists(mount.file(recorded.file()));
  }
}
