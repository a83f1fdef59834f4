package org.gemel.mirror.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.gemel.mirror.system.EntryName;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lost or unknown events are answered by looking at everything, and the feed goes on. */
final class OverflowTest {
  @Test
  void aFullQueueOfInotifyIsToldAndFoldersMissedMeanwhileAreWatched(@TempDir Path tree)
      throws Exception {
    int queue = Integer.parseInt(InotifyLimits.value("fs.inotify.max_queued_events"));
    Assumptions.assumeTrue(queue <= 65_536, "the queue is too long to be filled in a test");
    try (Watched watched = Watched.open(tree, Method.Way.INOTIFY)) {
      for (int i = 0; i <= queue / 2; i++) {
        Path file = tree.resolve("f" + i);
        Files.createFile(file);
        Files.delete(file);
      }
      Bash.run(tree, "mkdir -p missed/sub; touch missed/sub/x");
      assertThat(watched.untilNow()).anyMatch(Hint.Everything.class::isInstance);
      assertThat(watched.after("printf x > missed/sub/x")).contains(Watched.entry("missed/sub/x"));
    }
  }

  @Test
  void aFullQueueOfFanotifyIsToldAsEverything() {
    FanotifyReading reading = reading();
    reading.take(metadata(24, 3, 0x4000));
    assertThat(reading.batch().looks())
        .containsExactly(new Mark.Everything<>("the kernel's queue of events was full"));
  }

  @Test
  void eventsOfAnotherVersionAndCutOffOnesAreToldAsEverything() {
    for (byte[] each :
        List.of(metadata(24, 4, 2), metadata(32, 3, 2), metadata(8, 3, 2), metadata(24, 3, 2))) {
      FanotifyReading reading = reading();
      reading.take(each);
      assertThat(reading.batch().looks()).hasSize(1).first().isInstanceOf(Mark.Everything.class);
    }
  }

  @Test
  void recordsWithNamesNeedNotBeAligned() {
    byte[] name = "odd".getBytes(StandardCharsets.US_ASCII);
    int record = 12 + 8 + 5 + name.length + 1;
    ByteBuffer event = ByteBuffer.allocate(2 * (24 + record)).order(ByteOrder.nativeOrder());
    for (int i = 0; i < 2; i++) {
      event.put(metadata(24 + record, 3, 0x2));
      event.put((byte) 2).put((byte) 0).putShort((short) record).putLong(0);
      event.putInt(5).putInt(1).put(new byte[] {1, 2, 3, 4, (byte) i}).put(name).put((byte) 0);
    }
    List<FanotifyEvent> events = FanotifyEvents.parse(event.array());
    assertThat(events).hasSize(2).allMatch(each -> each.mask() == 2);
    FanotifyEvent.End end = events.getLast().end();
    assertThat(end).isNotNull();
    assertThat(end.name()).isEqualTo(EntryName.of("odd"));
    assertThat(end.folder()).hasToString("0102030401");
  }

  private static byte[] metadata(int length, int version, long mask) {
    byte[] event = new byte[24];
    ByteBuffer.wrap(event)
        .order(ByteOrder.nativeOrder())
        .putInt(length)
        .put((byte) version)
        .put((byte) 0)
        .putShort((short) 24)
        .putLong(mask)
        .putInt(-1);
    return event;
  }

  private static FanotifyReading reading() {
    var root = org.gemel.mirror.system.FileHandle.of(new byte[16]);
    try (var folder = org.gemel.mirror.system.Folder.openRoot("/")) {
      return new FanotifyReading(root, new FolderHandles(folder, List.of()));
    } catch (org.gemel.mirror.system.SystemCallException e) {
      throw new AssertionError(e);
    }
  }
}
