package org.gemel.cli.mirror;

import java.time.Duration;
import java.util.Optional;
import org.gemel.mirror.remote.RemoteAddress;
import org.gemel.mirror.remote.RemoteSettings;
import org.gemel.mirror.remote.RemoteTarget;
import org.gemel.mirror.remote.ftp.FtpSettings;
import org.gemel.mirror.remote.ftp.FtpTarget;
import org.gemel.mirror.remote.sftp.SftpSettings;
import org.gemel.mirror.remote.sftp.SftpTarget;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Makes what the options and an address ask for. */
final class RemoteChoice {
  private RemoteChoice() {}

  static RemoteSettings settings(
      RemoteOptions options, Optional<Integer> streams, CommandSpec spec) {
    try {
      RemoteSettings usual = RemoteSettings.USUAL;
      return usual
          .withStreams(streams.orElse(usual.streams()))
          .withRetries(options.retries, Duration.ofSeconds(options.retryEvery));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  /** Opens nothing yet: that comes with the first connection. */
  static RemoteTarget target(RemoteOptions options, RemoteAddress address, boolean dryRun) {
    return switch (address.protocol()) {
      case SFTP -> new SftpTarget(address, sftp(options));
      case FTP, FTPS ->
          new FtpTarget(
              address,
              FtpSettings.USUAL
                  .withPasswordFile(Optional.ofNullable(options.passwordFile))
                  .withAuthority(Optional.ofNullable(options.authority))
                  .withMayProbe(!dryRun));
    };
  }

  private static SftpSettings sftp(RemoteOptions options) {
    SftpSettings usual = SftpSettings.usual();
    return (options.knownHosts == null ? usual : usual.withKnownHosts(options.knownHosts))
        .withIdentity(Optional.ofNullable(options.identity))
        .withPasswordFile(Optional.ofNullable(options.passwordFile))
        .withAcceptedHostKey(Optional.ofNullable(options.acceptedHostKey));
  }
}
