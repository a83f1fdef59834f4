package org.gemel.mirror.remote.sftp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.keyprovider.FileKeyPairProvider;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClientFactory;
import org.gemel.mirror.remote.RemoteAddress;
import org.gemel.mirror.remote.RemoteConnection;
import org.gemel.mirror.remote.RemoteException;
import org.gemel.mirror.remote.RemoteException.Kind;
import org.gemel.mirror.remote.RemoteNames;
import org.gemel.mirror.remote.RemoteTarget;
import org.gemel.mirror.remote.Secrets;

/** A folder on an SSH server. */
public final class SftpTarget implements RemoteTarget {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(15);
  private static final List<String> KEYS = List.of("id_ed25519", "id_ecdsa", "id_rsa");

  private final RemoteAddress address;
  private final SftpSettings settings;
  private final SshClient client;
  private final HostKeyCheck hostKey;

  public SftpTarget(RemoteAddress address, SftpSettings settings) {
    this.address = address;
    this.settings = settings;
    this.hostKey = new HostKeyCheck(address, settings);
    this.client = SshClient.setUpDefaultClient();
    client.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
    client.setServerKeyVerifier(hostKey);
    client.setSignatureFactories(hostKey.preferKnown(client.getSignatureFactories()));
    client.setKeyIdentityProvider(keys());
    client.setFilePasswordProvider(FilePasswordProvider.EMPTY);
    settings.agentSocket().ifPresent(at -> client.setAgentFactory(AgentSocket.factory(at)));
    CoreModuleProperties.HEARTBEAT_INTERVAL.set(client, SIGN_OF_LIFE);
    CoreModuleProperties.HEARTBEAT_NO_REPLY_MAX.set(client, 3);
    client.start();
  }

  private KeyIdentityProvider keys() {
    if (settings.identity().isPresent()) {
      return new FileKeyPairProvider(settings.identity().get());
    }
    if (settings.passwordFile().isPresent()) {
      return KeyIdentityProvider.EMPTY_KEYS_PROVIDER;
    }
    List<Path> found =
        KEYS.stream().map(SftpSettings.home()::resolve).filter(Files::isReadable).toList();
    return found.isEmpty()
        ? KeyIdentityProvider.EMPTY_KEYS_PROVIDER
        : new FileKeyPairProvider(found);
  }

  @Override
  public RemoteConnection connect() throws IOException {
    ClientSession session = reach();
    try {
      logIn(session);
      SftpClient sftp =
          SftpFailures.ask(
              "opening sftp on " + address.host(),
              () -> SftpClientFactory.instance().createSftpClient(session));
      return new SftpConnection(session, sftp, root(sftp));
    } catch (IOException | RuntimeException e) {
      session.close(true);
      throw e;
    }
  }

  private ClientSession reach() throws RemoteException {
    try {
      return client.connect(user(), address.host(), address.port()).verify(PATIENCE).getSession();
    } catch (IOException e) {
      throw new RemoteException(
          Kind.UNREACHABLE,
          "cannot reach " + address.host() + " port " + address.port() + ": " + e.getMessage(),
          e);
    }
  }

  private String user() {
    return address.user().orElseGet(() -> System.getProperty("user.name", ""));
  }

  private void logIn(ClientSession session) throws IOException {
    if (settings.passwordFile().isPresent()) {
      session.addPasswordIdentity(Secrets.firstLine(settings.passwordFile().get()));
    }
    checkIdentity();
    try {
      session.auth().verify(PATIENCE);
    } catch (IOException e) {
      if (hostKey.problem().isPresent()) {
        throw hostKey.problem().get();
      }
      boolean answered = session.isOpen() || String.valueOf(e.getMessage()).contains("auth");
      throw new RemoteException(
          answered ? Kind.NOT_ALLOWED : Kind.LINK_LOST,
          (answered ? "found no way to log in at " : "lost the connection while logging in at ")
              + address.host()
              + " as "
              + user()
              + ", wanted a key (--identity FILE or an agent) or a password (--password-file FILE) that the server"
              + " accepts: "
              + e.getMessage(),
          e);
    }
  }

  private void checkIdentity() throws RemoteException {
    if (settings.identity().isEmpty()) {
      return;
    }
    Path file = settings.identity().get();
    try {
      boolean any = new FileKeyPairProvider(file).loadKeys(null).iterator().hasNext();
      if (!any) {
        throw new RemoteException(Kind.NOT_ALLOWED, "found no key in " + file + ", wanted one");
      }
    } catch (RuntimeException e) {
      throw new RemoteException(
          Kind.NOT_ALLOWED,
          "cannot read the key "
              + file
              + ": "
              + e.getMessage()
              + "; wanted a private key without a passphrase (use an agent for one that has one)",
          e);
    }
  }

  private String root(SftpClient sftp) throws IOException {
    String path = address.path();
    if (!path.equals("/~") && !path.startsWith("/~/")) {
      return path;
    }
    String home = SftpFailures.ask("asking for the login's folder", () -> sftp.canonicalPath("."));
    byte[] utf8 = home.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    return RemoteNames.text(utf8) + path.substring(2);
  }

  @Override
  public void close() {
    client.stop();
  }

  @Override
  public String toString() {
    return address.toString();
  }
}
