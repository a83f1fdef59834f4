package org.gemel.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.gemel.mirror.MirrorReport.Outcome;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What others do to the trees meanwhile cannot lead a pass astray. */
final class HostileTest {
  private final Path folder;
  private final Trees trees;

  HostileTest(@TempDir Path folder) {
    this.folder = folder;
    this.trees = Trees.in(folder);
  }

  @Test
  void aFolderOfTheTargetSwappedForALinkDoesNotLeadOutside() throws Exception {
    trees.inSource("mkdir -p a/b; printf x > a/b/x");
    trees.mirrorAndProve();
    Path outside = Files.createDirectory(folder.resolve("outside"));
    Files.writeString(outside.resolve("treasure"), "mine");
    trees.inTarget("rm -r a/b; ln -s ../../outside a/b; mkdir gone; ln -s ../../outside gone/out");
    trees.mirrorAndProve();
    assertThat(outside.resolve("treasure")).hasContent("mine");
    assertThat(outside.toFile().list()).containsExactly("treasure");
  }

  @Test
  void aFolderSwappedInTheMiddleOfAPassDoesNotLeadOutside() throws Exception {
    trees.inSource("for d in $(seq 20); do mkdir d$d; printf x > d$d/new; done; touch stays");
    trees.inTarget("for d in $(seq 20); do mkdir d$d; printf o > d$d/old; done");
    Path outside = Files.createDirectory(folder.resolve("outside"));
    Files.writeString(outside.resolve("old"), "mine");
    AtomicInteger swapped = new AtomicInteger();
    MirrorReport report =
        TreeMirror.run(
            trees.request(),
            new MirrorListener() {
              @Override
              public void changed(Change change) {
                int next = swapped.incrementAndGet();
                if (next <= 20) {
                  trees.inTarget("mv d" + next + " moved" + next + "; ln -s ../outside d" + next);
                }
              }
            });
    assertThat(report.counts().failed()).as(report.toString()).isPositive();
    assertThat(outside.toFile().list()).containsExactly("old");
    assertThat(outside.resolve("old")).hasContent("mine");
    trees.mirrorAndProve();
  }

  @Test
  void aFileThatNeverHoldsStillIsReportedAndNotTorn() throws Exception {
    trees.inSource("head -c 4000000 /dev/zero > growing; printf calm > calm");
    MirrorReport report = RestlessFile.during(trees.source().resolve("growing"), trees::mirror);
    assertThat(report.outcome()).as(report.toString()).isEqualTo(Outcome.INCOMPLETE);
    assertThat(report.failures().getFirst().reason()).contains("changed while it was read");
    assertThat(trees.target().resolve("growing")).doesNotExist();
    assertThat(trees.target().resolve("calm")).hasContent("calm");
    trees.mirrorAndProve();
  }

  @Test
  void aPassThatIsStoppedLeavesNothingUnfinished() {
    trees.inSource("for i in $(seq 50); do head -c 100000 /dev/urandom > f$i; done");
    AtomicInteger made = new AtomicInteger();
    MirrorReport report =
        TreeMirror.run(
            trees.request(),
            new MirrorListener() {
              @Override
              public void changed(Change change) {
                made.incrementAndGet();
              }

              @Override
              public boolean stopRequested() {
                return made.get() > 5;
              }
            });
    assertThat(report.outcome()).isEqualTo(Outcome.STOPPED);
    assertThat(report.counts().created()).isBetween(1L, 49L);
    assertThat(Shell.run(trees.target(), "find . -name '.gemel-*'")).isEmpty();
    trees.mirrorAndProve();
  }

  @Test
  void leftOversAreSweptAndNeverMirroredButThoseOfTheLivingStay() throws Exception {
    trees.inSource("mkdir d; touch d/.gemel-tmp-aa-1 d/x");
    trees.inTarget("mkdir d; touch d/.gemel-tmp-bb-1 d/.gemel-tmp-cc-1; ln -s x d/.gemel-tmp-bb-2");
    Process living =
        new ProcessBuilder("flock", "d/.gemel-tmp-cc-1", "sh", "-c", "echo locked; exec cat")
            .directory(trees.target().toFile())
            .start();
    try (var output = living.inputReader()) {
      assertThat(output.readLine()).isEqualTo("locked");
      MirrorReport report = trees.mirror();
      assertThat(report.counts().swept()).isEqualTo(2);
      assertThat(trees.target().resolve("d/.gemel-tmp-cc-1")).exists();
      assertThat(trees.target().resolve("d/.gemel-tmp-aa-1")).doesNotExist();
    } finally {
      // Its child has the lock, too, and ends with its input; killing the parent would leave it.
      living.getOutputStream().close();
      assertThat(living.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(trees.mirror().counts().swept()).isEqualTo(1);
  }

  @Test
  void anOrdinaryUserSeesWhatCannotBeReadAndDeletesNothingThere() throws Exception {
    Assumptions.assumeTrue(Shell.isRoot() && Shell.has("setpriv"), "needs root, to become nobody");
    trees.inSource("mkdir shut open; printf a > shut/a; printf b > open/b; printf c > unreadable");
    Shell.run(folder, "chmod 0755 .; chown -R 65534:65534 source target");
    assertThat(asNobody()).isEqualTo(Outcome.COMPLETE);
    assertThat(trees.target().resolve("shut/a")).hasContent("a");
    trees.inSource(
        "rm shut/a open/b; touch open/new; printf cc > unreadable; chmod 0 shut unreadable; chmod 0555 open");
    assertThat(asNobody()).isEqualTo(Outcome.INCOMPLETE);
    assertThat(trees.target().resolve("shut/a")).hasContent("a");
    assertThat(trees.target().resolve("unreadable")).hasContent("c");
    assertThat(trees.target().resolve("open/b")).doesNotExist();
    trees.inSource(
        "chmod 0755 open; rm open/new; touch open/newer; chown 65534:65534 open/newer; chmod 0555 open; chmod 0750 shut; chmod 0400 unreadable");
    assertThat(asNobody()).isEqualTo(Outcome.COMPLETE);
    trees.proveEqual();
  }

  private Outcome asNobody() throws Exception {
    Process child =
        ChildPass.start(
            java.util.List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"),
            trees);
    String printed =
        new String(child.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
    Assumptions.assumeFalse(
        printed.contains("Could not find or load"), "nobody cannot read the classes");
    assertThat(printed).contains("report ");
    return Outcome.valueOf(printed.substring(printed.lastIndexOf("report ") + 7).strip());
  }
}
