package org.gemel.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.gemel.mirror.MirrorReport.Outcome;
import org.gemel.mirror.remote.RemoteSettings;
import org.gemel.mirror.remote.sftp.SftpTarget;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tree is imposed on a folder of a real SSH server. */
@Tag("B-40")
final class SftpMirrorTest {
  private final Path folder;
  private final Trees trees;
  private final OpenSshServer server;
  private final RemoteTrees remote;

  SftpMirrorTest(@TempDir Path folder) {
    this.folder = folder;
    this.trees = Trees.in(folder);
    this.server = OpenSshServer.start(folder.resolve("server"));
    this.remote = new RemoteTrees(trees, server.target(trees.target()));
  }

  @AfterEach
  void end() throws Exception {
    remote.target().close();
    server.close();
  }

  @Test
  void aTreeOfOddThingsArrivesAndASecondPassFindsNothing() {
    trees.inSource(
        """
        mkdir -p a/b/c 'with space' empty shut; printf one > a/b/c/one; printf two > 'with space/two *?'
        printf x > $'new\\nline'; printf y > $'not \\xff text'; printf z > 'Ünïcode ☃'; : > nothing
        printf w > "$(printf 'n%.0s' $(seq 255))"
        ln -s ../nowhere dangling; ln -s a/b link; ln -s $'odd\\xfe' a/odd
        for i in $(seq 60); do printf $i > a/f$i; done; head -c 3000000 /dev/urandom > a/big
        chmod 600 a/f1; chmod 4755 a/f2; chmod 444 a/f3; chmod 2750 empty; printf s > shut/s; chmod 500 shut
        touch -d '1999-12-31 23:59:59.5' a/f4; touch -d '2001-02-03' a/b empty
        """);
    assertThat(remote.mirrorAndProve()).contains("create a", "create a/b/c/one", "create dangling");
    trees.inSource(
        """
        printf other > a/f5; chmod 640 a/f6; rm a/f7; rm -r a/b; printf now > a/b; rm nothing; mkdir nothing
        ln -sfn elsewhere link; chmod 700 shut; printf t > shut/t; chmod 500 shut; touch -d 2005-05-05 a/f8
        """);
    assertThat(remote.mirrorAndProve())
        .contains("update a/f5", "metadata a/f6", "delete a/f7", "delete a/b/c", "update link")
        .contains("create shut/t", "update a/f8", "update nothing");
  }

  @Test
  void whatTheProtocolCannotKeepIsSaidOnce() {
    trees.inSource("printf a > a; ln a b; ln a c; mkfifo pipe; truncate -s 9M holes");
    RemoteReport report = remote.mirror();
    assertThat(report.pass().outcome()).as(report.toString()).isEqualTo(Outcome.COMPLETE);
    assertThat(report.remarks())
        .anyMatch(line -> line.contains("3 files have several names"))
        .anyMatch(line -> line.contains("1 FIFOs"))
        .anyMatch(line -> line.contains("holes of 1 files"))
        .anyMatch(line -> line.contains("owners"));
    assertThat(report.pass().counts().skipped()).isEqualTo(1);
    assertThat(trees.target().resolve("c")).hasContent("a");
  }

  @Test
  void deletesAreGuardedAndAnEmptiedSourceIsRefused() {
    trees.inSource("mkdir d; for i in $(seq 1200); do : > d/f$i; done; : > keep");
    trees.inTarget("mkdir d; for i in $(seq 1200); do : > d/f$i; done; : > keep");
    trees.inSource("rm d/*; printf new > new");
    RemoteReport many = remote.mirror();
    assertThat(many.pass().outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(many.pass().refusal().orElseThrow().flag()).contains("--allow-delete 1200");
    assertThat(trees.target().resolve("d/f77")).exists();
    assertThat(trees.target().resolve("new")).hasContent("new");
    trees.inSource("rm -r d keep new");
    RemoteReport empty = remote.mirror();
    assertThat(empty.pass().refusal().orElseThrow().reason()).contains("empty source");
    assertThat(trees.target().resolve("keep")).exists();
    assertThat(remote.temporaries()).isEmpty();
  }

  @Test
  void aLinkOnTheTargetIsReplacedAndNeverFollowed() throws Exception {
    Path outside = Files.createDirectory(folder.resolve("outside"));
    Files.writeString(outside.resolve("precious"), "mine");
    trees.inSource("mkdir sub; printf a > sub/precious; printf b > file");
    Files.createSymbolicLink(trees.target().resolve("sub"), outside);
    Files.createSymbolicLink(trees.target().resolve("file"), outside.resolve("precious"));
    remote.mirrorAndProve();
    assertThat(outside.resolve("precious")).hasContent("mine");
    assertThat(outside).isDirectoryContaining(path -> path.endsWith("precious"));
  }

  @Test
  void aCutConnectionIsGoneOnWithWhereItWas() throws Exception {
    trees.inSource("head -c 40000000 /dev/urandom > large; printf small > small");
    trees.inTarget("printf old > large");
    try (CuttingRelay relay = new CuttingRelay(server.port());
        SftpTarget target =
            new SftpTarget(
                OpenSshServer.address(trees.target(), relay.port()),
                server.settings().withAcceptedHostKey(Optional.of(server.fingerprint())))) {
      relay.cutAfter(25_000_000);
      RemoteSettings once =
          RemoteTrees.SETTINGS.withStreams(1).withRetries(0, java.time.Duration.ZERO);
      RemoteReport cut = RemoteMirror.run(trees.request(), target, once, MirrorListener.NONE);
      assertThat(cut.pass().outcome()).isEqualTo(Outcome.INCOMPLETE);
      assertThat(cut.pass().failures().getFirst().reason()).contains("connection is lost");
      assertThat(trees.target().resolve("large")).hasContent("old");
      assertThat(remote.temporaries()).contains("part-");

      relay.cutAfter(5_000_000);
      RemoteReport report =
          RemoteMirror.run(trees.request(), target, RemoteTrees.SETTINGS, MirrorListener.NONE);
      assertThat(report.pass().outcome()).as(report.toString()).isEqualTo(Outcome.COMPLETE);
      assertThat(report.pass().counts().bytesMoved()).isLessThan(30_000_000);
    }
    remote.proveEqual();
  }

  @Test
  void aFileChangedWithinTheSecondOfItsCopyIsNotMissed() {
    trees.inSource("printf one > a");
    RemoteSettings real = RemoteSettings.USUAL.withStreams(1);
    RemoteMirror.run(trees.request(), remote.target(), real, MirrorListener.NONE);
    trees.inSource("printf two > a");
    RemoteMirror.run(trees.request(), remote.target(), real, MirrorListener.NONE);
    assertThat(trees.target().resolve("a")).hasContent("two");
  }

  @Test
  void equalTimesWithOtherBytesAreFoundWhenContentIsRead() {
    trees.inSource("printf one > a; printf same > b; touch -d 2001-01-01 a b");
    remote.mirror();
    trees.inTarget("printf two > a; touch -d 2001-01-01 a");
    assertThat(remote.mirror().pass().counts().changedAnything()).isFalse();
    assertThat(remote.changes(remote.request().withChecksum(true))).containsExactly("update a");
    remote.proveEqual();
  }

  @Test
  void sourceAndTargetMustBeApart() {
    trees.inSource("mkdir in; printf a > in/a; printf b > b");
    try (SftpTarget same = server.target(trees.source());
        SftpTarget above = server.target(folder)) {
      assertThat(refusal(same)).contains("same folder");
      assertThat(refusal(above)).contains("inside the target");
    }
    assertThat(trees.source().resolve("in/a")).hasContent("a");
    assertThat(Shell.run(folder, "find . -name '.gemel-*'")).isEmpty();
  }

  @Test
  void filtersAndMarkersHoldAsAnywhere() {
    trees.inSource("printf a > a.tmp; printf b > b; echo one > .volume");
    trees.inTarget("printf c > c.tmp");
    MirrorRequest request =
        trees
            .request()
            .withFilters(FilterRules.of(java.util.List.of("*.tmp"), java.util.List.of()))
            .withMarker(new Marker(".volume", Optional.empty(), Optional.empty()));
    RemoteReport unmarked = remote.mirror(request, MirrorListener.NONE);
    assertThat(unmarked.pass().summary()).contains("no marker file .volume at the target");
    trees.inTarget("echo two > .volume");
    assertThat(remote.mirror(request, MirrorListener.NONE).pass().outcome())
        .isEqualTo(Outcome.COMPLETE);
    assertThat(Shell.run(trees.target(), "LC_ALL=C ls -A | tr '\\n' ' '"))
        .isEqualTo(".volume b c.tmp ");
    assertThat(trees.target().resolve(".volume")).hasContent("two\n");
  }

  private String refusal(SftpTarget target) {
    RemoteReport report =
        RemoteMirror.run(trees.request(), target, RemoteTrees.SETTINGS, MirrorListener.NONE);
    assertThat(report.pass().outcome()).as(report.toString()).isEqualTo(Outcome.REFUSED);
    return report.pass().refusal().orElseThrow().reason();
  }
}
