package org.gemel.bench.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.gemel.bench.process.Fresh;
import org.gemel.bench.process.Launch;
import org.gemel.bench.process.PrivateFile;
import org.gemel.bench.process.Timed;
import org.gemel.bench.process.Tool;
import org.gemel.bench.tree.Keeps;

/**
 * vsftpd below the folder of the work. Started by root it shuts clients into that folder as its own
 * user, started by anybody else it works as that user and paths are the machine's.
 */
final class FtpServer implements AutoCloseable {
  private final Path root;
  private final Path scratch;
  private final int port;
  private final String secret;
  private final Server server;

  private FtpServer(Path root, Path scratch, int port, String secret, Server server) {
    this.root = root;
    this.scratch = scratch;
    this.port = port;
    this.secret = secret;
    this.server = server;
  }

  static FtpServer start(Path root, Path scratch) throws IOException, InterruptedException {
    int port = Fresh.port();
    String secret = Fresh.secret();
    Path secrets = PrivateFile.write(scratch.resolve("vsftpd-" + port + ".secrets"), secret + "\n");
    Path empty = scratch.resolve("vsftpd.empty");
    Files.createDirectories(empty);
    Path configuration =
        PrivateFile.write(
            scratch.resolve("vsftpd-" + port + ".conf"),
            """
            listen=YES
            listen_address=127.0.0.1
            listen_port=%d
            background=NO
            run_as_launching_user=%s
            anonymous_enable=YES
            local_enable=NO
            write_enable=YES
            anon_upload_enable=YES
            anon_mkdir_write_enable=YES
            anon_other_write_enable=YES
            anon_world_readable_only=NO
            anon_umask=022
            anon_root=%s
            secure_email_list_enable=YES
            email_password_file=%s
            allow_writeable_chroot=YES
            connect_from_port_20=NO
            pasv_address=127.0.0.1
            xferlog_enable=NO
            seccomp_sandbox=NO
            secure_chroot_dir=%s
            """
                .formatted(port, Fresh.asRoot() ? "NO" : "YES", root, secrets, empty));
    Launch launch = Launch.of(Tool.VSFTPD.path(), configuration.toString());
    return new FtpServer(
        root, scratch, port, secret, Server.start("vsftpd", launch, port, scratch));
  }

  /** Lets the server's own user write into a new target. */
  static void open(Path target) throws IOException {
    Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxrwxrwx"));
  }

  Contestant lftp() {
    return Contestant.peer(Network.LFTP, Keeps.CONTENT, "", this::lftpLaunch).through(server);
  }

  Contestant rclone(Timed timed) throws IOException, InterruptedException {
    String password = timed.require(Launch.of(Tool.RCLONE.path(), "obscure", secret)).strip();
    Contestant.CommandLine commandLine =
        (from, to) ->
            Launch.of(
                    Tool.RCLONE.path(),
                    "sync",
                    "--config",
                    "/dev/null",
                    "--ftp-host",
                    "127.0.0.1",
                    "--ftp-port",
                    Integer.toString(port),
                    "--ftp-user",
                    "anonymous",
                    from.toString(),
                    ":ftp:" + served(to))
                .with(Map.of("RCLONE_FTP_PASS", password));
    return Contestant.peer(Network.RCLONE, Keeps.CONTENT, "", commandLine).through(server);
  }

  @Override
  public void close() {
    server.close();
  }

  /** From a file, as a command line may be read by other users. */
  private Launch lftpLaunch(Path from, Path to) {
    List<String> script =
        List.of(
            "set cmd:fail-exit yes",
            "set net:max-retries 2",
            "set mirror:set-permissions no",
            "open -p " + port + " -u anonymous," + secret + " 127.0.0.1",
            "mirror -R -P6 \"" + from + "\" \"" + served(to) + "\"");
    try {
      Path file =
          PrivateFile.write(scratch.resolve("lftp.script"), String.join("\n", script) + "\n");
      return Launch.of(Tool.LFTP.path(), "--norc", "-f", file.toString())
          .with(Map.of("LFTP_HOME", scratch.toString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String served(Path target) {
    return Fresh.asRoot() ? "/" + root.relativize(target) : target.toString();
  }
}
