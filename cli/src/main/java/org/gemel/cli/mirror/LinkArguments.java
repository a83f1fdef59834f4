package org.gemel.cli.mirror;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.gemel.agent.engine.PeerTls;
import org.gemel.mirror.link.LinkCredentials;
import org.gemel.mirror.link.LinkOptions;
import org.gemel.wire.Identity;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options of a link to a mirror server. */
final class LinkArguments {
  @Option(
      names = "--link-ca",
      paramLabel = "FILE",
      description = "With agent://: the authority both ends' certificates are of, in PEM.")
  private @Nullable Path authority;

  @Option(
      names = "--link-certificate",
      paramLabel = "FILE",
      description = "This end's certificate, in PEM.")
  private @Nullable Path certificate;

  @Option(
      names = "--link-key",
      paramLabel = "FILE",
      description =
          "Its private key, in PEM, mode 0600. All three may name the identity.pem of an agent.")
  private @Nullable Path key;

  @Option(
      names = "--link-peer",
      paramLabel = "NAME",
      description =
          "The name the other end's certificate must carry; any of the authority if left out.")
  private @Nullable String peer;

  @Option(
      names = "--link-secret",
      paramLabel = "FILE",
      description = "With --plain: the secret both ends know, 32 bytes or more, mode 0600.")
  private @Nullable Path secret;

  @Option(
      names = "--plain",
      description =
          "No TLS: both ends prove that they know the secret, but everybody on the wire can read"
              + " what is mirrored. For a dedicated link only.")
  private boolean plain;

  @Option(names = "--compress", description = "Compress what goes over the link (zstd).")
  private boolean compress;

  /**
   * @param bytesPerSecond the most that goes over the link; 0 for no limit
   */
  LinkOptions options(CommandSpec command, Optional<Integer> streams, long bytesPerSecond) {
    LinkOptions options = LinkOptions.usual().withPacking(compress).withRate(bytesPerSecond);
    try {
      return streams.isEmpty() ? options : options.withLines(streams.get());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  LinkCredentials credentials(CommandSpec command) throws IOException {
    if (plain != (secret != null)) {
      throw new ParameterException(
          command.commandLine(),
          "found one of --plain and --link-secret, wanted both: the secret is for a link that is"
              + " not secret");
    }
    if (secret != null) {
      return LinkCredentials.Secret.read(secret);
    }
    if (authority == null || certificate == null || key == null) {
      throw new ParameterException(
          command.commandLine(),
          "found no credentials for agent://, wanted --link-ca, --link-certificate and --link-key,"
              + " or --plain with --link-secret");
    }
    return new LinkCredentials.Tls(
        PeerTls.engines(Identity.load(key, certificate, authority)), Optional.ofNullable(peer));
  }

  /** Refuses options that would do nothing between two folders of this machine. */
  void refuseAny(CommandSpec command) {
    boolean any =
        authority != null
            || certificate != null
            || key != null
            || peer != null
            || secret != null
            || plain
            || compress;
    if (any) {
      throw new ParameterException(
          command.commandLine(),
          "found an option of a link and no agent:// among FROM and TO, wanted it only with one");
    }
  }
}
