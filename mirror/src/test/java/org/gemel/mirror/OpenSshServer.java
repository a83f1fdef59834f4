package org.gemel.mirror;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.gemel.mirror.remote.RemoteAddress;
import org.gemel.mirror.remote.sftp.SftpSettings;
import org.gemel.mirror.remote.sftp.SftpTarget;
import org.junit.jupiter.api.Assumptions;

/** OpenSSH's server with keys and settings of its own, on a free port of this machine. */
final class OpenSshServer implements AutoCloseable {
  private static final Path PROGRAM = Path.of("/usr/sbin/sshd");
  private static final Path PRIVILEGE_SEPARATION = Path.of("/run/sshd");

  private final Path folder;
  private final Process process;
  private final int port;
  private boolean madeSeparation;

  private OpenSshServer(Path folder) throws IOException {
    this.folder = folder;
    Shell.run(
        folder,
        "ssh-keygen -q -t ed25519 -N '' -f host; ssh-keygen -q -t ed25519 -N '' -f user; cp user.pub allowed");
    if (Shell.isRoot() && !Files.exists(PRIVILEGE_SEPARATION)) {
      Files.createDirectory(PRIVILEGE_SEPARATION);
      madeSeparation = true;
    }
    port = freePort();
    Files.writeString(
        folder.resolve("config"),
        """
        Port %d
        ListenAddress 127.0.0.1
        HostKey %s/host
        AuthorizedKeysFile %s/allowed
        PidFile none
        StrictModes no
        UsePAM no
        PermitRootLogin yes
        PasswordAuthentication no
        MaxStartups 100
        Subsystem sftp internal-sftp -u 022
        """
            .formatted(port, folder, folder));
    process =
        new ProcessBuilder(PROGRAM.toString(), "-D", "-e", "-f", folder + "/config")
            .redirectErrorStream(true)
            .start();
    awaitListening();
    String hostKey = Files.readString(folder.resolve("host.pub"));
    Files.writeString(folder.resolve("known"), "[127.0.0.1]:" + port + " " + hostKey);
  }

  /** Starts one; leaves the test out where there is none. */
  static OpenSshServer start(Path folder) {
    boolean there = Files.isExecutable(PROGRAM) && Shell.has("ssh-keygen");
    if (!there) {
      System.out.println("no OpenSSH server here: left out; apt-get install openssh-server");
    }
    Assumptions.assumeTrue(there, "no OpenSSH server");
    try {
      return new OpenSshServer(Files.createDirectories(folder));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void awaitListening() throws IOException {
    List<String> said = new ArrayList<>();
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    Predicate<String> listening = line -> line.contains("Server listening");
    String line = lines.readLine();
    while (line != null && !listening.test(line)) {
      said.add(line);
      line = lines.readLine();
    }
    if (line == null) {
      throw new AssertionError("sshd ended: " + said);
    }
    Thread.ofPlatform().daemon().start(() -> drain(lines));
  }

  private static void drain(BufferedReader lines) {
    try {
      lines.transferTo(Writer.nullWriter());
    } catch (IOException e) {
      // It has ended.
    }
  }

  int port() {
    return port;
  }

  Path folder() {
    return folder;
  }

  String fingerprint() {
    return Shell.run(folder, "ssh-keygen -lf host.pub | cut -d' ' -f2").strip();
  }

  SftpSettings settings() {
    return SftpSettings.usual()
        .withAgentSocket(Optional.empty())
        .withKnownHosts(folder.resolve("known"))
        .withIdentity(Optional.of(folder.resolve("user")));
  }

  RemoteAddress address(Path target) {
    return address(target, port);
  }

  static RemoteAddress address(Path target, int port) {
    String user = Shell.run(Path.of("/"), "id -un").strip();
    return RemoteAddress.parse(
        "sftp://" + user + "@127.0.0.1:" + port + target.toUri().getRawPath());
  }

  SftpTarget target(Path path) {
    return new SftpTarget(address(path), settings());
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
    process.onExit().join();
    if (madeSeparation) {
      Shell.run(Path.of("/"), "rmdir " + PRIVILEGE_SEPARATION + " || true");
    }
  }
}
