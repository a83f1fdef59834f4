package org.gemel.mirror.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.gemel.mirror.MirrorIndex;
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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An index costs time when it is wrong, and nothing else. */
@Tag("M-54")
final class RememberedFoldersTest {
  private static final int EMFILE = 24;

  private final Path source;
  private final Path target;
  private final MirrorRequest request;

  RememberedFoldersTest(@TempDir(factory = InMemory.class) Path folder) throws Exception {
    Assumptions.assumeTrue(InterposedKernel.isPossible(), "needs -Dgemel.test.faults=true");
    source = Files.createDirectory(folder.resolve("source"));
    target = Files.createDirectory(folder.resolve("target"));
    request =
        MirrorRequest.of(TreeRoot.of(source), TreeRoot.of(target))
            .withIndex(new MirrorIndex(folder.resolve("index"), true));
  }

  @Test
  void aFolderThatCouldNotBeMadeIsMadeByTheNextPass() throws Exception {
    Shell.run(source, "printf calm > calm");
    assertThat(mirror().outcome()).isEqualTo(Outcome.COMPLETE);
    long calls = Long.MAX_VALUE;
    for (long at = 1; at <= calls; at++) {
      Shell.run(source, "mkdir -p new/below; printf in > new/below/in");
      long point = at;
      try (InterposedKernel kernel =
          InterposedKernel.install(
              call -> call.number() == point ? new Answer.Failing(EMFILE) : Answer.TRUTH)) {
        mirror();
        calls = Math.min(calls, Math.max(100, kernel.calls()));
      }
      MirrorReport next = mirror();
      assertThat(next.outcome()).as("after call %d: %s", at, next).isEqualTo(Outcome.COMPLETE);
      assertThat(target.resolve("new/below/in")).as("after call " + at).hasContent("in");
      Shell.run(source, "rm -r new");
      assertThat(mirror().outcome()).isEqualTo(Outcome.COMPLETE);
    }
  }

  private MirrorReport mirror() {
    return TreeMirror.run(request, MirrorListener.NONE);
  }
}
