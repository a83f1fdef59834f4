package org.gemel.mirror.remote.ftp;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import org.apache.commons.net.ftp.FTP;
import org.apache.commons.net.ftp.FTPClient;
import org.apache.commons.net.ftp.FTPSClient;
import org.gemel.mirror.remote.RemoteAbilities;
import org.gemel.mirror.remote.RemoteAddress;
import org.gemel.mirror.remote.RemoteConnection;
import org.gemel.mirror.remote.RemoteException;
import org.gemel.mirror.remote.RemoteException.Kind;
import org.gemel.mirror.remote.RemoteTarget;
import org.gemel.mirror.remote.Secrets;
import org.jspecify.annotations.Nullable;

/** A folder on an FTP server; with {@code ftps} everything, file contents too, goes in TLS. */
public final class FtpTarget implements RemoteTarget {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration SILENCE = Duration.ofMinutes(2);

  private final RemoteAddress address;
  private final FtpSettings settings;
  private @Nullable RemoteAbilities abilities;
  private volatile boolean listsWithOption;

  public FtpTarget(RemoteAddress address, FtpSettings settings) {
    this.address = address;
    this.settings = settings;
  }

  @Override
  public RemoteConnection connect() throws IOException {
    FTPClient client = client();
    FtpCalls calls = new FtpCalls(client);
    try {
      reach(client, calls);
      logIn(client, calls);
      return new FtpConnection(this, client, calls, root(client, calls));
    } catch (IOException | RuntimeException e) {
      if (client.isConnected()) {
        client.disconnect();
      }
      throw e;
    }
  }

  private FTPClient client() throws RemoteException {
    FTPClient client =
        address.protocol() == RemoteAddress.Protocol.FTPS
            ? new FTPSClient(false, trust())
            : new FTPClient();
    if (client instanceof FTPSClient secure) {
      secure.setEndpointCheckingEnabled(true);
    }
    // Every byte a character: names are not the library's to understand.
    client.setControlEncoding(StandardCharsets.ISO_8859_1);
    client.setAutodetectUTF8(false);
    client.setListHiddenFiles(true);
    client.setUseEPSVwithIPv4(true);
    client.setConnectTimeout((int) PATIENCE.toMillis());
    client.setDefaultTimeout((int) SILENCE.toMillis());
    client.setDataTimeout(SILENCE);
    return client;
  }

  private void reach(FTPClient client, FtpCalls calls) throws RemoteException {
    String where = address.host() + " port " + address.port();
    try {
      client.connect(address.host(), address.port());
    } catch (SSLException e) {
      throw new RemoteException(
          Kind.NOT_TRUSTED,
          "found no certificate of "
              + where
              + " that can be trusted, wanted one for this host by an authority that is known (--ca FILE names another): "
              + e.getMessage(),
          e);
    } catch (IOException e) {
      throw new RemoteException(
          Kind.UNREACHABLE, "cannot reach " + where + ": " + e.getMessage(), e);
    }
    if (!calls.succeeded()) {
      throw new RemoteException(
          Kind.UNREACHABLE, "found no FTP service for us at " + where + ": " + calls.said());
    }
  }

  private void logIn(FTPClient client, FtpCalls calls) throws IOException {
    String user = address.user().orElse("anonymous");
    String password =
        settings.passwordFile().isPresent()
            ? Secrets.firstLine(settings.passwordFile().get())
            : "anonymous@";
    if (!calls.ask("logging in", () -> client.login(user, password))) {
      throw new RemoteException(
          Kind.NOT_ALLOWED,
          "found no way to log in at "
              + address.host()
              + " as "
              + user
              + ", wanted a password that it accepts (--password-file FILE): "
              + calls.said());
    }
    if (client instanceof FTPSClient secure) {
      calls.ask(
          "securing the data connections",
          () -> {
            secure.execPBSZ(0);
            secure.execPROT("P");
            return true;
          });
    }
    client.enterLocalPassiveMode();
    calls.tell("choosing binary", () -> client.setFileType(FTP.BINARY_FILE_TYPE));
    // Old servers have no such command; then they have nothing to list there either.
    boolean unused = calls.ask("asking what it can do", client::features);
  }

  private String root(FTPClient client, FtpCalls calls) throws IOException {
    String home = calls.<@Nullable String>ask("asking where we are", client::printWorkingDirectory);
    if (home == null) {
      throw calls.answer("asking where we are");
    }
    String path = address.path();
    if (path.startsWith("//")) {
      return path.substring(1);
    }
    return (home.endsWith("/") ? home.substring(0, home.length() - 1) : home)
        + (path.equals("/") ? "" : path);
  }

  private SSLContext trust() throws RemoteException {
    try {
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(settings.authority().isPresent() ? keys(settings.authority().get()) : null);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new RemoteException(
          Kind.NOT_TRUSTED,
          "cannot read the certificates of who vouches for the server: " + e.getMessage(),
          e);
    }
  }

  private static KeyStore keys(Path file) throws GeneralSecurityException, IOException {
    KeyStore keys = KeyStore.getInstance(KeyStore.getDefaultType());
    keys.load(null, null);
    try (InputStream in = Files.newInputStream(file)) {
      Collection<? extends Certificate> found =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      for (Certificate each : found) {
        keys.setCertificateEntry("authority" + keys.size(), each);
      }
    }
    return keys;
  }

  /** What the server can do, found out once for all connections. */
  synchronized RemoteAbilities abilities(FtpConnection connection) throws IOException {
    if (abilities == null) {
      abilities = new FtpAbilities(connection, settings.mayProbe()).find();
    }
    return abilities;
  }

  /** Whether exact listings need an option to show all names. */
  boolean listsWithOption() {
    return listsWithOption;
  }

  void listWithOption() {
    listsWithOption = true;
  }

  @Override
  public void close() {}

  @Override
  public String toString() {
    return address.toString();
  }
}
