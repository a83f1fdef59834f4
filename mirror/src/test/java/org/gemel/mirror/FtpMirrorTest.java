package org.gemel.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gemel.mirror.MirrorReport.Outcome;
import org.gemel.mirror.remote.RemoteSettings;
import org.gemel.mirror.remote.ftp.FtpSettings;
import org.gemel.mirror.remote.ftp.FtpTarget;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tree is imposed on folders of real FTP servers, with what each of them keeps. */
@Tag("B-40")
final class FtpMirrorTest {
  private final Path folder;
  private final Trees trees;

  FtpMirrorTest(@TempDir Path folder) {
    this.folder = folder;
    this.trees = Trees.in(folder);
  }

  private void makeTree() {
    trees.inSource(
        """
        mkdir -p a/b 'with space' empty; printf one > a/b/one; printf two > 'with space/ two *?'
        printf z > 'Ünïcode ☃'; : > nothing; printf d > -dash; printf l > ' leading'
        for i in $(seq 30); do printf $i > a/f$i; done; head -c 3000000 /dev/urandom > a/big
        touch -d '1999-12-31 23:59:59.5' a/f4
        """);
  }

  private void changeTree() {
    trees.inSource(
        """
        printf 99 > a/f5; rm a/f7; rm -r a/b; printf now > a/b; rm nothing; mkdir nothing; touch -d 2005-05-05 a/f8
        """);
  }

  @Test
  @Tag("M-51")
  void aTreeArrivesWithItsTimesOverSeveralConnections() throws Exception {
    makeTree();
    try (MinaFtpServer server = new MinaFtpServer(folder, folder, false);
        FtpTarget target = new FtpTarget(server.address("ftp", "/target"), server.settings())) {
      RemoteTrees remote = new RemoteTrees(trees, target);
      assertThat(remote.changes(trees.request())).contains("create a/b/one", "create -dash");
      proveFilesEqual(true);
      assertThat(remote.changes(trees.request())).isEmpty();
      changeTree();
      assertThat(remote.changes(trees.request()))
          .contains("update a/f5", "delete a/f7", "update a/f8", "update nothing");
      proveFilesEqual(true);
      assertThat(remote.mirror().remarks()).anyMatch(line -> line.contains("modes"));
    }
  }

  @Test
  void everythingGoesInTlsAndAStrangersCertificateIsRefused() throws Exception {
    makeTree();
    try (MinaFtpServer server = new MinaFtpServer(folder, folder, true);
        FtpTarget target = new FtpTarget(server.address("ftps", "/target"), server.trusting());
        FtpTarget stranger = new FtpTarget(server.address("ftps", "/target"), server.settings())) {
      assertThatThrownBy(stranger::connect).hasMessageContaining("--ca FILE");
      RemoteTrees remote = new RemoteTrees(trees, target);
      remote.changes(trees.request());
      proveFilesEqual(true);
    }
  }

  @Test
  @Tag("M-51")
  void aCutUploadIsTriedAgainAndGoneOnWith() throws Exception {
    trees.inSource("head -c 40000000 /dev/urandom > large; printf small > small");
    trees.inTarget("printf old > large");
    try (MinaFtpServer server = new MinaFtpServer(folder, folder, false);
        FtpTarget target = new FtpTarget(server.address("ftp", "/target"), server.settings())) {
      boolean[] cut = new boolean[1];
      MirrorListener stopOnce =
          new MirrorListener() {
            @Override
            public boolean stopRequested() {
              boolean stop = !cut[0] && uploaded() > 20_000_000;
              cut[0] |= stop;
              return stop;
            }
          };
      RemoteSettings one = RemoteTrees.SETTINGS.withStreams(1);
      RemoteReport stopped = RemoteMirror.run(trees.request(), target, one, stopOnce);
      assertThat(stopped.pass().outcome()).isEqualTo(Outcome.STOPPED);
      assertThat(trees.target().resolve("large")).hasContent("old");
      RemoteReport report = RemoteMirror.run(trees.request(), target, one, MirrorListener.NONE);
      assertThat(report.pass().outcome()).as(report.toString()).isEqualTo(Outcome.COMPLETE);
      assertThat(report.pass().counts().bytesMoved()).isLessThan(30_000_000);
    }
    proveFilesEqual(true);
  }

  private long uploaded() {
    return Long.parseLong(
        Shell.run(
                trees.target(),
                "find . -name '.gemel-tmp-*' -printf '%s\\n' | sort -n | tail -1 | grep . || echo 0")
            .strip());
  }

  @Test
  @Tag("M-51")
  void nobodyThereIsAskedThreeTimesMoreEveryTenSeconds() throws Exception {
    trees.inSource("printf a > a");
    List<Duration> pauses = new ArrayList<>();
    RemoteSettings.Waiting counting =
        new RemoteSettings.Waiting() {
          @Override
          public long milliseconds() {
            return 0;
          }

          @Override
          public void pause(Duration length) {
            pauses.add(length);
          }
        };
    int nobody = OpenSshServer.freePort();
    try (FtpTarget target =
        new FtpTarget(MinaFtpServer.address("ftp", "/x", nobody), FtpSettings.USUAL)) {
      RemoteReport report =
          RemoteMirror.run(
              trees.request(),
              target,
              RemoteSettings.USUAL.withWaiting(counting),
              MirrorListener.NONE);
      assertThat(report.pass().summary()).contains("cannot reach");
    }
    Duration ten = Duration.ofSeconds(10);
    assertThat(pauses).containsExactly(ten, ten, ten);
  }

  @Test
  void aNameThatCannotBeCarriedFailsAloneAndLinksAreCounted() throws Exception {
    trees.inSource(
        "printf x > $'new\\nline'; printf y > $'no\\xff'; ln -s a link; mkfifo pipe; printf b > b");
    try (MinaFtpServer server = new MinaFtpServer(folder, folder, false);
        FtpTarget target = new FtpTarget(server.address("ftp", "/target"), server.settings())) {
      RemoteReport report = new RemoteTrees(trees, target).mirror();
      assertThat(report.pass().outcome()).isEqualTo(Outcome.INCOMPLETE);
      assertThat(report.pass().failures().toString()).contains("a line break").contains("no UTF-8");
      assertThat(report.pass().counts().skipped()).isEqualTo(2);
      assertThat(report.remarks()).anyMatch(line -> line.contains("1 symbolic links"));
      assertThat(trees.target().resolve("b")).hasContent("b");
    }
  }

  @Test
  void aServerWithoutExactListingsIsAskedForTimesOneByOne() {
    makeTree();
    try (VsftpdServer server = VsftpdServer.start(folder, folder, true);
        FtpTarget target = new FtpTarget(server.address("/target"), FtpSettings.USUAL)) {
      RemoteTrees remote = new RemoteTrees(trees, target);
      assertThat(remote.changes(trees.request())).contains("create a/b/one");
      proveFilesEqual(true);
      assertThat(remote.changes(trees.request())).isEmpty();
      changeTree();
      assertThat(remote.changes(trees.request())).contains("update a/f5", "delete a/f7");
      proveFilesEqual(true);
    }
  }

  @Test
  void aServerThatKeepsNoTimesHasThemNotedBesideTheTree() {
    makeTree();
    try (VsftpdServer server = VsftpdServer.start(folder, folder, false);
        FtpTarget target = new FtpTarget(server.address("/target"), FtpSettings.USUAL);
        FtpTarget onlyAsked =
            new FtpTarget(server.address("/target"), FtpSettings.USUAL.withMayProbe(false))) {
      RemoteTrees remote = new RemoteTrees(trees, target);
      remote.changes(trees.request());
      proveFilesEqual(false);
      assertThat(remote.changes(trees.request())).isEmpty();
      trees.inSource("printf 99 > a/f5; printf X > a/f1");
      List<String> plan =
          new RemoteTrees(trees, onlyAsked).changes(trees.request().withDryRun(true));
      assertThat(plan).containsExactly("update a/f1", "update a/f5");
      assertThat(remote.changes(trees.request())).isEqualTo(plan);
      proveFilesEqual(false);
      assertThat(remote.mirror().remarks()).anyMatch(line -> line.contains(".gemel-times"));
    }
  }

  @Test
  void anEmptiedSourceDeletesNothing() throws Exception {
    trees.inTarget("mkdir a; touch a/b c");
    try (MinaFtpServer server = new MinaFtpServer(folder, folder, false);
        FtpTarget target = new FtpTarget(server.address("ftp", "/target"), server.settings())) {
      RemoteReport report = new RemoteTrees(trees, target).mirror();
      assertThat(report.pass().refusal().orElseThrow().flag())
          .isEqualTo(Optional.of("--allow-delete 3"));
    }
    assertThat(trees.target().resolve("a/b")).exists();
  }

  private void proveFilesEqual(boolean times) {
    String look =
        "export LC_ALL=C; find . ! -path './.gemel-t*' \\( -type f -printf '%P|%s|"
            + (times ? "%Ts" : "")
            + "\\n' -o -printf '%P|%y\\n' \\) | sort; find . -type f ! -path './.gemel-t*' -print0 | sort -z | xargs -0 sha256sum";
    assertThat(Shell.run(trees.target(), look)).isEqualTo(Shell.run(trees.source(), look));
    assertThat(Shell.run(trees.target(), "find . -name '.gemel-tmp-*'")).isEmpty();
  }
}
