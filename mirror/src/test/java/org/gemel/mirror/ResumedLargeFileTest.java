package org.gemel.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.gemel.mirror.MirrorReport.Outcome;
import org.gemel.mirror.proof.InMemory;
import org.gemel.mirror.system.Answer;
import org.gemel.mirror.system.InterposedKernel;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pass goes on inside a large file where the one before it ended, and trusts nothing unread. */
@Tag("M-54")
final class ResumedLargeFileTest {
  private static final int LARGE = 1024 * 1024;
  private static final int BLOCK = 64 * 1024;
  private static final int PIECE = 4 * BLOCK;
  private static final int SIZE = 4 * LARGE + 777;

  private final Path folder;
  private final Trees trees;
  private boolean indexed = true;

  ResumedLargeFileTest(@TempDir(factory = InMemory.class) Path folder) throws IOException {
    this.folder = folder;
    this.trees = Trees.in(folder);
    byte[] content = new byte[SIZE];
    new Random(54).nextBytes(content);
    Files.write(trees.source().resolve("disk"), content);
    trees.inSource("touch -d @1000000 disk");
  }

  @Test
  void aCopyThatWasKilledGoesOnWhereItWas() throws IOException {
    dieBeforeWrite(7);
    assertThat(parts()).hasSize(1);
    assertThat(complete().bytesMoved()).isEqualTo(SIZE - 6 * PIECE);
    assertThat(parts()).isEmpty();
    trees.proveEqual();
  }

  @Test
  void whatWasBroughtAndChangedMeanwhileIsBroughtAgain() throws IOException {
    dieBeforeWrite(7);
    trees.inSource("printf changed | dd of=disk bs=1 seek=100 conv=notrunc 2>/dev/null");
    trees.inTarget("printf rotten | dd of=$(echo .gemel-tmp-*) bs=1 seek=500000 conv=notrunc");
    assertThat(complete().bytesMoved()).isEqualTo(SIZE - 6 * PIECE + 2 * BLOCK);
    trees.proveEqual();
  }

  @Test
  void aCopyThatWasStoppedGoesOnAlsoWithoutAnIndex() throws IOException {
    indexed = false;
    MirrorReport report = new Pass(request(), stopAtPart(), LARGE).run();
    assertThat(report.outcome()).isEqualTo(Outcome.STOPPED);
    assertThat(parts()).hasSize(1);
    complete();
    assertThat(parts()).isEmpty();
    trees.proveEqual();
  }

  @Test
  void anOldFileStaysUntilItsUnfinishedCopyIsWhole() throws IOException {
    indexed = false;
    Files.writeString(trees.target().resolve("disk"), "old");
    dieAtMode();
    assertThat(trees.target().resolve("disk")).hasContent("old");
    assertThat(complete().bytesMoved()).as("all of it was there").isZero();
    trees.proveEqual();
  }

  @Test
  void anUnfinishedCopyGoesWhenNobodyWantsTheFile() throws IOException {
    dieBeforeWrite(7);
    trees.inSource("rm disk; touch other");
    complete();
    assertThat(parts()).isEmpty();
  }

  @Test
  void anUnfinishedCopyOfWhatIsExcludedNowGoes() throws IOException {
    dieBeforeWrite(7);
    complete(request().withFilters(FilterRules.of(List.of("disk"), List.of())));
    assertThat(trees.target()).isEmptyDirectory();
  }

  private void dieBeforeWrite(int count) {
    die("pwrite64", count);
  }

  private void dieAtMode() {
    die("fchmod", 1);
  }

  private void die(String name, int count) {
    Assumptions.assumeTrue(InterposedKernel.isPossible(), "needs -Dgemel.test.faults=true");
    AtomicInteger seen = new AtomicInteger();
    InterposedKernel kernel =
        InterposedKernel.install(
            call ->
                call.name().equals(name) && seen.incrementAndGet() == count
                    ? new Answer.Death()
                    : Answer.TRUTH);
    try (kernel) {
      new Pass(request(), MirrorListener.NONE, LARGE).run();
    } catch (InterposedKernel.Dead expected) {
      assertThat(kernel.died()).isTrue();
    }
    assertThat(kernel.died()).as("it came so far").isTrue();
  }

  /** Asks for a stop as soon as a copy was begun. */
  private MirrorListener stopAtPart() {
    return new MirrorListener() {
      @Override
      public boolean stopRequested() {
        return !parts().isEmpty();
      }
    };
  }

  private MirrorRequest request() {
    MirrorRequest request = trees.request();
    return indexed ? request.withIndex(new MirrorIndex(folder.resolve("index"), true)) : request;
  }

  private Counts complete() {
    return complete(request().withAllowDelete(10));
  }

  private static Counts complete(MirrorRequest request) {
    MirrorReport report = new Pass(request, MirrorListener.NONE, LARGE).run();
    assertThat(report.outcome()).as(report.toString()).isEqualTo(Outcome.COMPLETE);
    return report.counts();
  }

  private List<Path> parts() {
    try (Stream<Path> all = Files.list(trees.target())) {
      return all.filter(each -> each.getFileName().toString().startsWith(".gemel-tmp-")).toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
