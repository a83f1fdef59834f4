package org.gemel.cli.mirror;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * The options that matter only where TO is on a server. Has no methods: what they would name would
 * be loaded at each start.
 */
final class RemoteOptions {
  @Option(
      names = "--streams",
      paramLabel = "N",
      description =
          "sftp, ftp, agent: connections at once (4; agent: by the processor); between folders of this"
              + " machine: threads (by the processor).")
  @Nullable Integer streams;

  @Option(
      names = "--retries",
      paramLabel = "N",
      defaultValue = "3",
      description = "sftp, ftp: how often to try again after a connection was lost (3).")
  int retries = 3;

  @Option(
      names = "--retry-every",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description = "sftp, ftp: how long to wait before each try (10).")
  long retryEvery = 10;

  @Option(
      names = "--identity",
      paramLabel = "FILE",
      description =
          "sftp: the private key to log in with. Without it: the agent's and those in ~/.ssh.")
  @Nullable Path identity;

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description = "sftp, ftp: the password to log in with is the first line of this file.")
  @Nullable Path passwordFile;

  @Option(
      names = "--known-hosts",
      paramLabel = "FILE",
      description = "sftp: the hosts' keys that are believed (~/.ssh/known_hosts).")
  @Nullable Path knownHosts;

  @Option(
      names = "--accept-host-key",
      paramLabel = "FINGERPRINT",
      description = "sftp: believe the host with this key, such as SHA256:..., and no other.")
  @Nullable String acceptedHostKey;

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      description = "ftps: certificates (PEM) of who vouches for the server.")
  @Nullable Path authority;
}
