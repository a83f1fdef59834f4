package org.gemel.mirror;

import static java.nio.file.StandardOpenOption.APPEND;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.gemel.mirror.MirrorReport.Outcome;
import org.gemel.mirror.system.Answer;
import org.gemel.mirror.system.InterposedKernel;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that never rests is followed, but only with what it was at one instant. */
@Tag("M-54")
final class GrowingFileTest {
  private static final int LARGE = 1024 * 1024;
  private static final int STEP = 1000;

  private final Path folder;
  private final Trees trees;
  private final Path source;
  private final Path target;

  GrowingFileTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    this.trees = Trees.in(folder);
    this.source = trees.source().resolve("clip");
    this.target = trees.target().resolve("clip");
    byte[] begin = new byte[2 * LARGE];
    new Random(1).nextBytes(begin);
    ByteBuffer.wrap(begin).putLong(0, begin.length);
    Files.write(source, begin);
  }

  @Test
  void isFollowedWhileItIsWritten() throws Exception {
    mirror();
    try (Writer writer = new Writer(false)) {
      long before = 0;
      for (int pass = 0; pass < 4; pass++) {
        writer.awaitGrowth();
        assertThat(mirror().outcome()).isEqualTo(Outcome.COMPLETE);
        byte[] found = Files.readAllBytes(target);
        assertThat(found.length).as("pass " + pass).isGreaterThan((int) before);
        before = found.length;
        byte[] now = Files.readAllBytes(source);
        assertThat(found).isEqualTo(Arrays.copyOf(now, found.length));
      }
    }
    assertThat(mirror().outcome()).isEqualTo(Outcome.COMPLETE);
    trees.proveEqual();
  }

  @Test
  void whatChangesAlsoAtItsBeginningIsNeverMixed() throws Exception {
    mirror();
    try (Writer writer = new Writer(true)) {
      for (int pass = 0; pass < 6; pass++) {
        writer.awaitGrowth();
        mirror();
        byte[] found = Files.readAllBytes(target);
        long said = ByteBuffer.wrap(found).getLong(0);
        assertThat(found.length - said).as("beyond what it says").isIn(0L, (long) STEP);
      }
    }
    assertThat(mirror().outcome()).isEqualTo(Outcome.COMPLETE);
    trees.proveEqual();
  }

  /** Whenever it is rewritten, at its beginning and in what is new: the target has one state. */
  @Test
  void whatIsRewrittenBetweenTwoReadsIsNeverMixed() throws Exception {
    Assumptions.assumeTrue(InterposedKernel.isPossible(), "needs -Dgemel.test.faults=true");
    mirror();
    byte[] mirrored = Files.readAllBytes(source);
    byte[] grown = Arrays.copyOf(mirrored, mirrored.length + 2 * LARGE);
    byte[] rewritten = Arrays.copyOf(grown, grown.length + STEP);
    rewritten[5] ^= 1;
    rewritten[mirrored.length + LARGE] ^= 1;
    int read = 1;
    for (boolean reached = true; reached; read += 3) {
      Files.write(source, mirrored);
      assertThat(mirror().outcome()).isEqualTo(Outcome.COMPLETE);
      Files.write(source, Arrays.copyOfRange(grown, mirrored.length, grown.length), APPEND);
      reached = mirrorAndRewriteBefore(read, rewritten);
      byte[] found = Files.readAllBytes(target);
      assertThat(
              List.of(mirrored, grown, rewritten).stream()
                  .anyMatch(each -> Arrays.equals(each, found)))
          .as("rewritten before read " + read)
          .isTrue();
    }
    assertThat(read).isGreaterThan(10);
  }

  private boolean mirrorAndRewriteBefore(int read, byte[] content) {
    AtomicInteger reads = new AtomicInteger();
    try (InterposedKernel _ =
        InterposedKernel.install(
            call -> {
              if (call.name().equals("pread64") && reads.incrementAndGet() == read) {
                rewrite(content);
              }
              return Answer.TRUTH;
            })) {
      mirror();
    }
    return reads.get() >= read;
  }

  /** In place, as a program does that has the file open. */
  private void rewrite(byte[] content) {
    try (RandomAccessFile file = new RandomAccessFile(source.toFile(), "rw")) {
      file.write(content);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private MirrorReport mirror() {
    MirrorRequest request =
        trees.request().withIndex(new MirrorIndex(folder.resolve("index"), true));
    return new Pass(request, MirrorListener.NONE, LARGE).run();
  }

  /** Appends to the source until closed; by order it says the length at the beginning, too. */
  private final class Writer implements AutoCloseable {
    private final boolean header;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final AtomicReference<IOException> failure = new AtomicReference<>();
    private final Thread thread;

    Writer(boolean header) {
      this.header = header;
      this.thread = Thread.ofPlatform().start(this::write);
    }

    private void write() {
      byte[] more = new byte[STEP];
      Random random = new Random(2);
      try (RandomAccessFile file = new RandomAccessFile(source.toFile(), "rw")) {
        // Not so fast that the disk is full before it is followed.
        while (!ended.get() && file.length() < 200L * LARGE) {
          random.nextBytes(more);
          file.seek(file.length());
          file.write(more);
          if (header) {
            file.seek(0);
            file.writeLong(file.length());
          }
          Thread.onSpinWait();
        }
      } catch (IOException e) {
        failure.set(e);
      }
    }

    private void awaitGrowth() throws IOException {
      long before = Files.size(source);
      while (Files.size(source) == before && thread.isAlive()) {
        Thread.onSpinWait();
      }
    }

    @Override
    public void close() {
      ended.set(true);
      while (thread.isAlive()) {
        Thread.onSpinWait();
      }
      assertThat(failure.get()).isNull();
    }
  }
}
