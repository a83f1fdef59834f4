package org.gemel.mirror.remote.sftp;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How to prove who we are, and how the server proves who it is.
 *
 * @param identity a private key file; empty: the keys of the agent and of the home folder
 * @param passwordFile a file whose first line is the password
 * @param knownHosts the file of known host keys
 * @param acceptedHostKey a fingerprint like {@code SHA256:…} that is believed although the host is
 *     not known
 * @param agentSocket where the SSH agent listens
 */
public record SftpSettings(
    Optional<Path> identity,
    Optional<Path> passwordFile,
    Path knownHosts,
    Optional<String> acceptedHostKey,
    Optional<Path> agentSocket) {
  /** What OpenSSH's own client would use. */
  public static SftpSettings usual() {
    return new SftpSettings(
        Optional.empty(),
        Optional.empty(),
        home().resolve("known_hosts"),
        Optional.empty(),
        Optional.ofNullable(System.getenv("SSH_AUTH_SOCK")).map(Path::of));
  }

  static Path home() {
    return Path.of(System.getProperty("user.home", "/"), ".ssh");
  }

  public SftpSettings withIdentity(Optional<Path> file) {
    return new SftpSettings(file, passwordFile, knownHosts, acceptedHostKey, agentSocket);
  }

  public SftpSettings withPasswordFile(Optional<Path> file) {
    return new SftpSettings(identity, file, knownHosts, acceptedHostKey, agentSocket);
  }

  public SftpSettings withKnownHosts(Path file) {
    return new SftpSettings(identity, passwordFile, file, acceptedHostKey, agentSocket);
  }

  public SftpSettings withAcceptedHostKey(Optional<String> fingerprint) {
    return new SftpSettings(identity, passwordFile, knownHosts, fingerprint, agentSocket);
  }

  public SftpSettings withAgentSocket(Optional<Path> socket) {
    return new SftpSettings(identity, passwordFile, knownHosts, acceptedHostKey, socket);
  }
}
