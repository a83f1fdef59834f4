package org.gemel.mirror.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.gemel.mirror.DeletePolicy;
import org.gemel.mirror.MirrorListener;
import org.gemel.mirror.MirrorReport;
import org.gemel.mirror.MirrorReport.Outcome;
import org.gemel.mirror.MirrorRequest;
import org.gemel.mirror.Shell;
import org.gemel.mirror.TreeMirror;
import org.gemel.mirror.TreeRoot;
import org.gemel.mirror.system.Answer;
import org.gemel.mirror.system.InterposedKernel;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A pass sweeps what dead passes left, and nothing of one that is at work below its target. */
@Tag("M-54")
final class OverlappingPassesTest {
  private final Path source;
  private final Path other;
  private final Path target;

  OverlappingPassesTest(@TempDir Path folder) throws Exception {
    Assumptions.assumeTrue(InterposedKernel.isPossible(), "needs -Dgemel.test.faults=true");
    source = Files.createDirectory(folder.resolve("source"));
    other = Files.createDirectories(folder.resolve("other/sub")).getParent();
    target = Files.createDirectories(folder.resolve("target/sub")).getParent();
  }

  @BeforeEach
  void fill() {
    Shell.run(source, "printf whole > file; mkdir folder; printf whole > folder/file");
  }

  /**
   * One file is being filled in a folder that is there, the other in one that is being made.
   *
   * @param which the how-manieth of them is at work when the other pass comes
   */
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void whatIsBeingMadeIsLeftAlone(int which) {
    AtomicInteger written = new AtomicInteger();
    AtomicReference<MirrorReport> above = new AtomicReference<>();
    MirrorReport report;
    try (InterposedKernel _ =
        InterposedKernel.install(
            call -> {
              if (call.name().equals("pwrite64") && written.incrementAndGet() == which) {
                above.set(CompletableFuture.supplyAsync(() -> mirror(other, target)).join());
              }
              return Answer.TRUTH;
            })) {
      report = mirror(source, target.resolve("sub"));
    }
    assertThat(above.get().outcome()).as(above.toString()).isEqualTo(Outcome.COMPLETE);
    assertThat(above.get().counts().swept()).isZero();
    assertThat(report.outcome()).as(report.toString()).isEqualTo(Outcome.COMPLETE);
    assertThat(target.resolve("sub/file")).hasContent("whole");
    assertThat(target.resolve("sub/folder/file")).hasContent("whole");
  }

  /** Deletes nothing. */
  private static MirrorReport mirror(Path from, Path to) {
    return TreeMirror.run(
        MirrorRequest.of(TreeRoot.of(from), TreeRoot.of(to)).withDeletes(DeletePolicy.KEEP),
        MirrorListener.NONE);
  }
}
