package org.gemel.mirror;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.ftpserver.ConnectionConfigFactory;
import org.apache.ftpserver.FtpServer;
import org.apache.ftpserver.FtpServerFactory;
import org.apache.ftpserver.ftplet.FtpException;
import org.apache.ftpserver.listener.ListenerFactory;
import org.apache.ftpserver.ssl.SslConfigurationFactory;
import org.apache.ftpserver.usermanager.PropertiesUserManagerFactory;
import org.apache.ftpserver.usermanager.impl.BaseUser;
import org.apache.ftpserver.usermanager.impl.WritePermission;
import org.gemel.mirror.remote.RemoteAddress;
import org.gemel.mirror.remote.ftp.FtpSettings;

/** Apache's FTP server within the test: exact listings, times that can be set, no modes. */
final class MinaFtpServer implements AutoCloseable {
  static final String PASSWORD = "pass word";

  private final FtpServer server;
  private final int port;
  private final Path folder;

  /**
   * @param folder where a password file goes, and with TLS keys
   * @param home what the login sees
   */
  MinaFtpServer(Path folder, Path home, boolean secure) throws Exception {
    this.folder = folder;
    Shell.run(folder, "printf '%s\\n' \"$1\" > password", PASSWORD);
    port = OpenSshServer.freePort();
    ListenerFactory listener = new ListenerFactory();
    listener.setServerAddress("127.0.0.1");
    listener.setPort(port);
    if (secure) {
      listener.setSslConfiguration(keys());
    }
    ConnectionConfigFactory connections = new ConnectionConfigFactory();
    connections.setMaxLogins(50);
    FtpServerFactory factory = new FtpServerFactory();
    factory.setListeners(new HashMap<>(Map.of("default", listener.createListener())));
    factory.setConnectionConfig(connections.createConnectionConfig());
    factory.setUserManager(new PropertiesUserManagerFactory().createUserManager());
    factory.getUserManager().save(user(home));
    server = factory.createServer();
    server.start();
  }

  private static BaseUser user(Path home) throws FtpException {
    BaseUser user = new BaseUser();
    user.setName("mirror");
    user.setPassword(PASSWORD);
    user.setHomeDirectory(home.toString());
    user.setAuthorities(List.of(new WritePermission()));
    return user;
  }

  private org.apache.ftpserver.ssl.SslConfiguration keys() {
    Shell.run(
        folder,
        "\"$1\"/bin/keytool -genkeypair -alias k -keyalg EC -dname CN=test -ext san=ip:127.0.0.1 -storetype PKCS12"
            + " -keystore keys.p12 -storepass secret && \"$1\"/bin/keytool -exportcert -rfc -alias k -keystore keys.p12"
            + " -storepass secret > authority.pem",
        System.getProperty("java.home"));
    SslConfigurationFactory keys = new SslConfigurationFactory();
    keys.setKeystoreFile(folder.resolve("keys.p12").toFile());
    keys.setKeystorePassword("secret");
    return keys.createSslConfiguration();
  }

  int port() {
    return port;
  }

  RemoteAddress address(String scheme, String path) {
    return address(scheme, path, port);
  }

  static RemoteAddress address(String scheme, String path, int port) {
    return RemoteAddress.parse(scheme + "://mirror@127.0.0.1:" + port + path);
  }

  FtpSettings settings() {
    return FtpSettings.USUAL.withPasswordFile(Optional.of(folder.resolve("password")));
  }

  FtpSettings trusting() {
    return settings().withAuthority(Optional.of(folder.resolve("authority.pem")));
  }

  @Override
  public void close() {
    server.stop();
  }
}
