package org.gemel.mirror.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gemel.mirror.MirrorListener;
import org.gemel.mirror.MirrorReport;
import org.gemel.mirror.MirrorReport.Outcome;
import org.gemel.mirror.MirrorRequest;
import org.gemel.mirror.Shell;
import org.gemel.mirror.TreeMirror;
import org.gemel.mirror.TreeRoot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A target that cannot keep two names apart is refused before the first is lost. */
@Tag("M-54")
class NamesTheTargetFoldsTest {
  private final Path source;
  private final Path target;
  private final Volumes volumes;

  NamesTheTargetFoldsTest(@TempDir Path folder) throws IOException {
    this.volumes = new Volumes(folder);
    this.source = Files.createDirectory(folder.resolve("source"));
    this.target = Files.createDirectory(volumes.ignoringCase("volume").resolve("target"));
  }

  @AfterEach
  void unmount() {
    volumes.close();
  }

  @BeforeEach
  void fill() {
    Shell.run(source, "printf upper > README; printf lower > readme");
  }

  @Test
  void anEmptyOneIsTriedAndLeftAsItWas() {
    MirrorReport report = mirror(false);
    assertThat(report.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(report.refusal().orElseThrow().reason()).contains("for the same name");
    assertThat(Shell.run(target, "ls -A")).isEmpty();
  }

  @Test
  void oneThatHoldsSomethingIsKnownByItEvenInADryRun() {
    Shell.run(target, "printf kept > readme");
    assertThat(mirror(true).outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(mirror(false).outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(Shell.run(target, "cat readme")).isEqualTo("kept");
  }

  private MirrorReport mirror(boolean dry) {
    return TreeMirror.run(
        MirrorRequest.of(TreeRoot.of(source), TreeRoot.of(target)).withDryRun(dry),
        MirrorListener.NONE);
  }
}
