package org.gemel.mirror.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.gemel.mirror.system.EntryName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is put together of hashes and parts counts only if the file held still to the end. */
@Tag("B-40")
final class HeldFileTest {
  private static final int REQUEST = 2;

  private final Path folder;
  private HostilePeer peer;
  private Connection line;

  HeldFileTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeEach
  void aLargeFileIsHeldAndItsHashesAreTaken() throws Exception {
    Path served = Files.createDirectory(folder.resolve("served"));
    try (var large = new RandomAccessFile(served.resolve("large").toFile(), "rw")) {
      large.setLength(HeldFile.LEAST);
    }
    peer = new HostilePeer(served, ServedVolume.Access.READ_ONLY);
    line = peer.session(true)[1];
    line.send(
        FrameType.READ,
        REQUEST,
        to -> {
          to.putInt(0);
          PathForm.write(List.of(EntryName.of("large")), to);
        });
    line.receive(FrameType.PACK);
    line.receive(FrameType.CHOOSE);
    take(out -> out.putInt(HeldFile.HASHES).putLong(HeldFile.LEAST));
    line.receive(FrameType.HASHES);
    line.receive(FrameType.CHOOSE);
  }

  @AfterEach
  void end() {
    peer.close();
  }

  private void take(Connection.Filler wish) throws Exception {
    line.send(FrameType.TAKE, REQUEST, wish);
  }

  private int howItEnds() throws Exception {
    take(out -> out.putInt(HeldFile.END));
    ByteBuffer pack = line.receive(FrameType.PACK).payload();
    assertThat(pack.getInt()).isEqualTo(FileRecord.END);
    return pack.getInt();
  }

  @Test
  void oneThatHeldStillEndsStill() throws Exception {
    assertThat(howItEnds()).isEqualTo(FileRecord.STILL);
  }

  @Test
  void oneThatChangedAfterItsLastPartEndsRestless() throws Exception {
    try (var large = new RandomAccessFile(folder.resolve("served/large").toFile(), "rw")) {
      large.seek(HeldFile.LEAST / 2);
      large.write(1);
    }
    assertThat(howItEnds()).isEqualTo(FileRecord.RESTLESS);
  }
}
