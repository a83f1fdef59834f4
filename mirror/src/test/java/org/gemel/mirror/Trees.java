package org.gemel.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A source and a target in a temporary folder, and the ways a test looks at them. */
public record Trees(Path source, Path target) {
  public static Trees in(Path folder) {
    try {
      return new Trees(
          Files.createDirectory(folder.resolve("source")),
          Files.createDirectory(folder.resolve("target")));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  public MirrorRequest request() {
    return MirrorRequest.of(TreeRoot.of(source), TreeRoot.of(target));
  }

  public MirrorReport mirror() {
    return TreeMirror.run(request(), MirrorListener.NONE);
  }

  /** Runs a request and returns the lines of its changes. */
  public static List<String> changes(MirrorRequest request) {
    List<String> lines = new ArrayList<>();
    MirrorReport report =
        TreeMirror.run(
            request,
            new MirrorListener() {
              @Override
              public void changed(Change change) {
                lines.add(change.line());
              }
            });
    assertThat(report.outcome()).as(report.toString()).isEqualTo(MirrorReport.Outcome.COMPLETE);
    return lines;
  }

  /** Mirrors, then lets the system's tools, rsync and the comparison judge. */
  public MirrorReport mirrorAndProve() {
    MirrorReport report = mirror();
    assertThat(report.outcome()).as(report.toString()).isEqualTo(MirrorReport.Outcome.COMPLETE);
    proveEqual();
    assertThat(mirror().counts().changedAnything()).as("a second pass changes nothing").isFalse();
    return report;
  }

  public void proveEqual() {
    assertThat(Shell.fingerprint(target)).isEqualTo(Shell.fingerprint(source));
    assertThat(Shell.rsyncWouldDo(source, target)).isEmpty();
    List<Difference> differences = new ArrayList<>();
    ComparisonReport comparison =
        TreeComparison.compare(
            TreeRoot.of(source), TreeRoot.of(target), ComparisonOptions.CONTENT, differences);
    assertThat(differences).isEmpty();
    assertThat(comparison.equal()).as(comparison.toString()).isTrue();
  }

  public void inSource(String script) {
    Shell.run(source, script);
  }

  public void inTarget(String script) {
    Shell.run(target, script);
  }
}
