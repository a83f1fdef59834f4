package org.gemel.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.gemel.mirror.remote.RemoteAddress;
import org.gemel.mirror.remote.RemoteConnection;
import org.gemel.mirror.remote.RemoteException;
import org.gemel.mirror.remote.sftp.SftpSettings;
import org.gemel.mirror.remote.sftp.SftpTarget;
import org.gemel.mirror.system.TreePath;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing is said to a server that is not proven, and every refusal says what to do. */
@Tag("B-40")
final class SftpLogInTest {
  private final Path folder;
  private final OpenSshServer server;

  SftpLogInTest(@TempDir Path folder) {
    this.folder = folder;
    this.server = OpenSshServer.start(folder.resolve("server"));
  }

  @AfterEach
  void end() {
    server.close();
  }

  @Test
  void anUnknownHostKeyIsRefusedWithItsFingerprint() throws Exception {
    Path empty = Files.createFile(folder.resolve("empty"));
    SftpSettings stranger = server.settings().withKnownHosts(empty);
    assertThatThrownBy(() -> connect(stranger))
        .hasMessageContaining(server.fingerprint())
        .hasMessageContaining("--accept-host-key");
    connect(stranger.withAcceptedHostKey(Optional.of(server.fingerprint())));
    assertThat(empty).isEmptyFile();
  }

  @Test
  void aChangedHostKeyIsRefused() throws Exception {
    Shell.run(server.folder(), "ssh-keygen -q -t ed25519 -N '' -f other");
    Path known = folder.resolve("known");
    Files.writeString(
        known,
        "[127.0.0.1]:"
            + server.port()
            + " "
            + Files.readString(server.folder().resolve("other.pub")));
    assertThatThrownBy(() -> connect(server.settings().withKnownHosts(known)))
        .hasMessageContaining("another server, or its key was changed");
  }

  @Test
  void anUnknownLogInIsToldWhatWouldHelp() throws Exception {
    Shell.run(server.folder(), "ssh-keygen -q -t ed25519 -N '' -f stranger");
    Path stranger = server.folder().resolve("stranger");
    assertThatThrownBy(() -> connect(server.settings().withIdentity(Optional.of(stranger))))
        .hasMessageContaining("--identity FILE")
        .extracting(e -> ((RemoteException) e).kind())
        .isEqualTo(RemoteException.Kind.NOT_ALLOWED);
  }

  @Test
  void theAgentSigns() throws Exception {
    if (!Shell.has("ssh-agent")) {
      System.out.println("no ssh-agent here: left out");
      return;
    }
    Path socket = folder.resolve("agent");
    Process agent =
        new ProcessBuilder("ssh-agent", "-D", "-a", socket.toString())
            .redirectErrorStream(true)
            .start();
    try {
      // It says where it listens once it does.
      agent.inputReader().readLine();
      Shell.run(server.folder(), "SSH_AUTH_SOCK=\"$1\" ssh-add -q user", socket.toString());
      connect(
          server.settings().withIdentity(Optional.empty()).withAgentSocket(Optional.of(socket)));
    } finally {
      agent.destroy();
      agent.onExit().join();
    }
  }

  @Test
  void nobodyThereIsSaidInWords() throws Exception {
    int nobody = OpenSshServer.freePort();
    try (SftpTarget target =
        new SftpTarget(OpenSshServer.address(folder, nobody), server.settings())) {
      assertThatThrownBy(target::connect)
          .hasMessageContaining("cannot reach 127.0.0.1 port " + nobody);
    }
  }

  @Test
  void aPasswordInAnAddressIsRefused() {
    assertThatThrownBy(() -> RemoteAddress.parse("sftp://me:secret@host/x"))
        .hasMessageContaining("--password-file")
        .hasMessageNotContaining("secret");
  }

  private void connect(SftpSettings settings) throws Exception {
    try (SftpTarget target = new SftpTarget(server.address(folder), settings);
        RemoteConnection connection = target.connect()) {
      assertThat(connection.status(TreePath.ROOT)).isPresent();
    }
  }
}
