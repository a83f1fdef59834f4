package org.gemel.mirror.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.gemel.mirror.MirrorIndex;
import org.gemel.mirror.MirrorListener;
import org.gemel.mirror.MirrorReport;
import org.gemel.mirror.MirrorReport.Outcome;
import org.gemel.mirror.MirrorRequest;
import org.gemel.mirror.TreeMirror;
import org.gemel.mirror.Trees;
import org.gemel.mirror.system.Answer;
import org.gemel.mirror.system.InterposedKernel;
import org.gemel.mirror.system.KernelCall;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What counts as done is on stable storage first. */
@Tag("M-54")
final class DurableTest {
  private static final int EIO = 5;

  private final Trees trees;
  private final MirrorRequest request;

  DurableTest(@TempDir Path folder) {
    Assumptions.assumeTrue(InterposedKernel.isPossible(), "needs -Dgemel.test.faults=true");
    trees = Trees.in(folder);
    request = trees.request().withIndex(new MirrorIndex(folder.resolve("index"), true));
  }

  @BeforeEach
  void fill() {
    trees.inSource("mkdir -p a/b; for i in $(seq 30); do echo $i > a/b/$i; done; ln -s b a/link");
  }

  private MirrorReport mirror(Function<KernelCall, Answer> script) {
    try (InterposedKernel _ = InterposedKernel.install(script)) {
      return TreeMirror.run(request, MirrorListener.NONE);
    }
  }

  @Test
  void allChangesAreBroughtToTheDiskBeforeThePassIsComplete() {
    List<String> calls = new CopyOnWriteArrayList<>();
    MirrorReport report =
        mirror(
            call -> {
              if (call.name().equals("syncfs") || (call.changes() && call.isIn(trees.target()))) {
                calls.add(call.name());
              }
              return Answer.TRUTH;
            });
    assertThat(report.outcome()).isEqualTo(Outcome.COMPLETE);
    assertThat(calls).contains("renameat2").endsWith("syncfs");
  }

  @Test
  void whatTheDiskDidNotTakeIsNotTakenForDone() throws Exception {
    MirrorReport report =
        mirror(call -> call.name().equals("syncfs") ? new Answer.Failing(EIO) : Answer.TRUTH);
    assertThat(report.outcome()).isEqualTo(Outcome.INCOMPLETE);
    // As after a power failure: the names are there, the bytes are not.
    Path lost = trees.target().resolve("a/b/7");
    var time = Files.getLastModifiedTime(lost);
    Files.writeString(lost, "");
    Files.setLastModifiedTime(lost, time);
    assertThat(mirror(_ -> Answer.TRUTH).outcome()).isEqualTo(Outcome.COMPLETE);
    trees.proveEqual();
  }
}
