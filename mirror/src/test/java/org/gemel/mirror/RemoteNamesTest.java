package org.gemel.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;
import org.apache.sshd.sftp.server.SftpSubsystem;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;
import org.gemel.mirror.MirrorReport.Outcome;
import org.gemel.mirror.remote.RemoteAddress;
import org.gemel.mirror.remote.RemoteNames;
import org.gemel.mirror.remote.sftp.SftpSettings;
import org.gemel.mirror.remote.sftp.SftpTarget;
import org.gemel.mirror.system.EntryName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names that a server confuses, or makes up, harm nothing. */
final class RemoteNamesTest {
  private final Trees trees;
  private final MemoryServer server = new MemoryServer();
  private final RemoteTrees remote;
  private final Path folder;

  RemoteNamesTest(@TempDir Path folder) {
    this.folder = folder;
    this.trees = Trees.in(folder);
    this.remote = new RemoteTrees(trees, server);
  }

  @Test
  void namesTheServerTakesForTheSameNeverOverwriteEachOther() {
    trees.inSource("printf first > Report; printf second > report; printf other > b");
    RemoteReport report = remote.mirror();
    assertThat(report.pass().outcome()).isEqualTo(Outcome.INCOMPLETE);
    assertThat(report.pass().failures().getFirst().reason()).contains("for the same as Report");
    assertThat(server.content("Report")).isEqualTo("first");
    assertThat(server.names()).containsExactly("Report", "b");
  }

  @Test
  void aNameThatOnlyChangesItsCaseIsRenamedAndNotDeleted() {
    trees.inSource("printf same > Report; mkdir Sub; printf x > Sub/x");
    remote.changes(remote.request());
    trees.inSource("mv Report REPORT; mv Sub sub");
    assertThat(remote.changes(remote.request()))
        .contains("rename REPORT")
        .noneMatch(line -> line.startsWith("delete"));
    assertThat(server.content("REPORT")).isEqualTo("same");
    assertThat(server.names()).contains("REPORT", "sub").doesNotContain("Report", "Sub");
  }

  @Test
  void whatIsNoEntryIsSaidAndTheOthersGoOn() {
    trees.inSource("printf a > a");
    server.alsoList("found the name '../../etc'");
    RemoteReport report = remote.mirror();
    assertThat(report.pass().failures().toString()).contains("../../etc");
    assertThat(server.content("a")).isEqualTo("a");
  }

  @Test
  void listedNamesCanOnlyBeNames() {
    for (String hostile : new String[] {"", ".", "..", "a/b", "/etc/passwd", "../x", "a\0b"}) {
      assertThatThrownBy(() -> RemoteNames.parse(hostile))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(RemoteNames.parse("\u001b[2J").toString()).isEqualTo("\\x1b[2J");
    assertThat(RemoteNames.parse("a\nb")).isEqualTo(EntryName.of("a\nb"));
  }

  @Test
  void aServerThatListsTheWayOutIsNotFollowed() throws Exception {
    trees.inTarget("mkdir in; touch in/passed keep");
    trees.inSource("touch keep");
    SshServer hostile = hostileServer();
    try (SftpTarget target = new SftpTarget(address(hostile), settings(hostile))) {
      RemoteReport report = new RemoteTrees(trees, target).mirror();
      assertThat(report.pass().outcome()).as(report.toString()).isEqualTo(Outcome.INCOMPLETE);
      assertThat(report.pass().failures().toString()).contains("../outside");
    } finally {
      hostile.stop(true);
    }
    assertThat(folder.resolve("outside")).doesNotExist();
    assertThat(trees.target().resolve("keep")).exists();
  }

  private SshServer hostileServer() throws Exception {
    SshServer hostile = SshServer.setUpDefaultServer();
    hostile.setHost("127.0.0.1");
    hostile.setKeyPairProvider(new SimpleGeneratorHostKeyProvider());
    hostile.setPasswordAuthenticator((user, password, session) -> password.equals("secret"));
    hostile.setSubsystemFactories(
        List.of(
            new SftpSubsystemFactory() {
              @Override
              public Command createSubsystem(ChannelSession channel) {
                return new SftpSubsystem(channel, this) {
                  @Override
                  protected String getShortName(Path file) throws IOException {
                    return "passed".equals(file.getFileName().toString())
                        ? "../outside"
                        : super.getShortName(file);
                  }
                };
              }
            }));
    hostile.start();
    return hostile;
  }

  private RemoteAddress address(SshServer server) {
    return RemoteAddress.parse(
        "sftp://me@127.0.0.1:" + server.getPort() + trees.target().toUri().getRawPath());
  }

  private SftpSettings settings(SshServer server) throws Exception {
    Shell.run(folder, "echo secret > password");
    String key =
        KeyUtils.getFingerPrint(
            BuiltinDigests.sha256,
            server.getKeyPairProvider().loadKeys(null).iterator().next().getPublic());
    return SftpSettings.usual()
        .withAgentSocket(Optional.empty())
        .withPasswordFile(Optional.of(folder.resolve("password")))
        .withAcceptedHostKey(Optional.of(key));
  }
}
