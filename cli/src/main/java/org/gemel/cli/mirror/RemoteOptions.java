package org.gemel.cli.mirror;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.gemel.mirror.remote.RemoteAddress;
import org.gemel.mirror.remote.RemoteSettings;
import org.gemel.mirror.remote.RemoteTarget;
import org.gemel.mirror.remote.ftp.FtpSettings;
import org.gemel.mirror.remote.ftp.FtpTarget;
import org.gemel.mirror.remote.sftp.SftpSettings;
import org.gemel.mirror.remote.sftp.SftpTarget;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options that matter only where TO is on a server. */
final class RemoteOptions {
  @Option(
      names = "--streams",
      paramLabel = "N",
      defaultValue = "4",
      description = "sftp, ftp, agent: connections at once (4; agent: by the processor).")
  private int streams = 4;

  @Option(
      names = "--retries",
      paramLabel = "N",
      defaultValue = "3",
      description = "sftp, ftp: how often to try again after a connection was lost (3).")
  private int retries = 3;

  @Option(
      names = "--retry-every",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description = "sftp, ftp: how long to wait before each try (10).")
  private long retryEvery = 10;

  @Option(
      names = "--identity",
      paramLabel = "FILE",
      description =
          "sftp: the private key to log in with. Without it: the agent's and those in ~/.ssh.")
  private @Nullable Path identity;

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description = "sftp, ftp: the password to log in with is the first line of this file.")
  private @Nullable Path passwordFile;

  @Option(
      names = "--known-hosts",
      paramLabel = "FILE",
      description = "sftp: the hosts' keys that are believed (~/.ssh/known_hosts).")
  private @Nullable Path knownHosts;

  @Option(
      names = "--accept-host-key",
      paramLabel = "FINGERPRINT",
      description = "sftp: believe the host with this key, such as SHA256:..., and no other.")
  private @Nullable String acceptedHostKey;

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      description = "ftps: certificates (PEM) of who vouches for the server.")
  private @Nullable Path authority;

  /** How many connections were asked for, if a number was named. */
  OptionalInt streams(CommandSpec spec) {
    boolean named = spec.commandLine().getParseResult().hasMatchedOption("--streams");
    return named ? OptionalInt.of(streams) : OptionalInt.empty();
  }

  RemoteSettings settings(CommandSpec spec) {
    try {
      return RemoteSettings.USUAL
          .withStreams(streams)
          .withRetries(retries, Duration.ofSeconds(retryEvery));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  /** Opens nothing yet: that comes with the first connection. */
  RemoteTarget target(RemoteAddress address, boolean dryRun) {
    return switch (address.protocol()) {
      case SFTP -> new SftpTarget(address, sftp());
      case FTP, FTPS ->
          new FtpTarget(
              address,
              FtpSettings.USUAL
                  .withPasswordFile(Optional.ofNullable(passwordFile))
                  .withAuthority(Optional.ofNullable(authority))
                  .withMayProbe(!dryRun));
    };
  }

  private SftpSettings sftp() {
    SftpSettings usual = SftpSettings.usual();
    return (knownHosts == null ? usual : usual.withKnownHosts(knownHosts))
        .withIdentity(Optional.ofNullable(identity))
        .withPasswordFile(Optional.ofNullable(passwordFile))
        .withAcceptedHostKey(Optional.ofNullable(acceptedHostKey));
  }
}
