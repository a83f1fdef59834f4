package org.gemel.mirror;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gemel.mirror.remote.RemoteAddress;
import org.junit.jupiter.api.Assumptions;

/** vsftpd with settings of its own: listings made for people, times only one by one. */
final class VsftpdServer implements AutoCloseable {
  private static final Path PROGRAM = Path.of("/usr/sbin/vsftpd");

  private final Process process;
  private final int port;

  private VsftpdServer(Path folder, Path home, boolean setsTimes) throws IOException {
    port = OpenSshServer.freePort();
    Path config = folder.resolve("vsftpd");
    Files.writeString(
        config,
        """
        listen=YES
        listen_address=127.0.0.1
        listen_port=%d
        background=NO
        run_as_launching_user=YES
        seccomp_sandbox=NO
        anonymous_enable=YES
        no_anon_password=YES
        allow_writeable_chroot=YES
        anon_root=%s
        anon_upload_enable=YES
        anon_mkdir_write_enable=YES
        anon_other_write_enable=YES
        anon_world_readable_only=NO
        anon_umask=022
        write_enable=YES
        mdtm_write=%s
        """
            .formatted(port, home, setsTimes ? "YES" : "NO"));
    process =
        new ProcessBuilder(PROGRAM.toString(), config.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("vsftpd.log").toFile())
            .start();
    while (!answers()) {
      if (!process.isAlive()) {
        throw new AssertionError("vsftpd ended: " + Files.readString(folder.resolve("vsftpd.log")));
      }
      Thread.onSpinWait();
    }
  }

  private boolean answers() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.getInputStream().read() >= 0;
    } catch (IOException notYet) {
      return false;
    }
  }

  /** Starts one; leaves the test out where there is none. */
  static VsftpdServer start(Path folder, Path home, boolean setsTimes) {
    boolean there = Files.isExecutable(PROGRAM);
    if (!there) {
      System.out.println("no vsftpd here: left out; apt-get install vsftpd");
    }
    Assumptions.assumeTrue(there, "no vsftpd");
    try {
      return new VsftpdServer(folder, home, setsTimes);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  RemoteAddress address(String path) {
    return RemoteAddress.parse("ftp://127.0.0.1:" + port + path);
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
    process.onExit().join();
  }
}
