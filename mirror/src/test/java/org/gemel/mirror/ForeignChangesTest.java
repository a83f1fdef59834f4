package org.gemel.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody works on the backup: it is undone, and told. */
@Tag("M-54")
class ForeignChangesTest {
  private static final String OTHERS_AT_WORK =
      """
      echo more >> changed; chmod 600 closed; rm gone; echo new > new; mkdir -p sub/own; rm -r old
      rm replaced; mkdir replaced; chmod 700 sub; touch -d '2001-01-01' sub/retimed
      """;
  private static final List<String> ALL_OF_IT =
      List.of(
          "added new",
          "added sub/own",
          "changed changed",
          "changed closed",
          "changed replaced",
          "changed sub",
          "changed sub/retimed",
          "removed gone",
          "removed old");

  private Trees trees;
  private MirrorRequest request;

  @BeforeEach
  void prepare(@TempDir Path folder) {
    trees = Trees.in(folder);
    request = trees.request().withIndex(new MirrorIndex(folder.resolve("index"), true));
    trees.inSource(
        """
        umask 022; mkdir sub old; echo a > old/a; ln -s a old/link
        for name in changed closed gone replaced kept sub/retimed; do echo $name > $name; done
        """);
    assertThat(mirror(request).counts().foreign()).isZero();
  }

  private MirrorReport mirror(MirrorRequest wanted) {
    MirrorReport report = TreeMirror.run(wanted, MirrorListener.NONE);
    assertThat(report.outcome()).as(report.toString()).isEqualTo(MirrorReport.Outcome.COMPLETE);
    return report;
  }

  private static List<String> lines(MirrorReport report) {
    return report.foreign().stream().map(ForeignChange::line).sorted().toList();
  }

  @Test
  void whatOthersDoToTheTargetIsToldAndUndone() {
    Shell.run(trees.target(), OTHERS_AT_WORK);
    assertThat(lines(mirror(request.withDryRun(true)))).isEqualTo(ALL_OF_IT);
    MirrorReport report = mirror(request);
    assertThat(lines(report)).isEqualTo(ALL_OF_IT);
    assertThat(report.counts().foreign()).isEqualTo(ALL_OF_IT.size());
    assertThat(report.summary()).contains("undone (9, first ");
    trees.proveEqual();
    assertThat(mirror(request).counts().foreign()).isZero();
  }

  @Test
  void whatMainDoesIsNoStrangers() {
    trees.inSource(
        """
        echo more >> changed; chmod 600 closed; rm gone; echo new > new; mkdir -p sub/own; rm -r old
        rm replaced; mkdir replaced; mv kept sub/moved; chmod 700 sub; touch -d '2001-01-01' sub/retimed
        """);
    assertThat(lines(mirror(request))).isEmpty();
    trees.proveEqual();
  }

  @Test
  void whatIsNotMirroredOrKeptIsNoStrangers() {
    trees.inSource("mkfifo pipe; echo new > new");
    mirror(request);
    trees.inSource("echo newer > new; rm gone");
    MirrorRequest keeping = request.withDeletes(DeletePolicy.KEEP);
    for (int pass = 0; pass < 2; pass++) {
      assertThat(lines(mirror(keeping))).isEmpty();
      trees.inSource("echo newest > new");
    }
    assertThat(Files.exists(trees.target().resolve("gone"))).isTrue();
  }

  @Test
  void onlySoManyAreToldOneByOne() {
    Shell.run(trees.target(), "for i in $(seq 30); do echo $i > new$i; done");
    MirrorReport report = mirror(request);
    assertThat(report.foreign()).hasSize(MirrorReport.FOREIGN_KEPT);
    assertThat(report.counts().foreign()).isEqualTo(30);
  }

  @Test
  void whatAnUnfinishedPassHasMadeIsNoStrangers() {
    trees.inSource("echo 1 > sub/made; for i in $(seq 300); do mkdir a$i; : > a$i/b; done");
    AtomicBoolean enough = new AtomicBoolean();
    MirrorReport stopped =
        TreeMirror.run(
            request,
            new MirrorListener() {
              @Override
              public void changed(Change change) {
                enough.compareAndSet(false, change.path().toString().equals("sub/made"));
              }

              @Override
              public boolean stopRequested() {
                return enough.get();
              }
            });
    assertThat(stopped.outcome()).isEqualTo(MirrorReport.Outcome.STOPPED);
    assertThat(Files.exists(trees.target().resolve("sub/made"))).isTrue();
    trees.inSource("rm -r sub/made");
    Shell.run(trees.target(), "rm gone");
    assertThat(lines(mirror(request))).containsExactly("removed gone");
    trees.proveEqual();
  }
}
