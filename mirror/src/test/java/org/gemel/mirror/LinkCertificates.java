package org.gemel.mirror;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.gemel.mirror.link.LinkCredentials;
import org.gemel.mirror.link.TlsEngines;

/** An authority of a test, with devices of it, made by the JDK's own keytool. */
record LinkCertificates(SSLContext context, SSLContext withoutCertificate) {
  private static final char[] PASSWORD = "password".toCharArray();

  LinkCredentials trusted() {
    return new LinkCredentials.Tls(engines(context), Optional.empty());
  }

  /** Java's own TLS, by what a context has. */
  static TlsEngines engines(SSLContext context) {
    return new TlsEngines(() -> engine(context, true), () -> engine(context, false));
  }

  private static SSLEngine engine(SSLContext context, boolean calling) {
    SSLEngine engine = context.createSSLEngine();
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setProtocols(new String[] {"TLSv1.3"});
    parameters.setNeedClientAuth(true);
    engine.setSSLParameters(parameters);
    engine.setUseClientMode(calling);
    return engine;
  }

  /** A new authority, and a device of it named {@code main}. */
  static LinkCertificates make() {
    try {
      Path folder = Files.createTempDirectory("certificates");
      try {
        keytool(
            folder, "-genkeypair -alias ca -dname CN=ca -ext bc:c -keyalg EC -groupname secp256r1");
        keytool(folder, "-genkeypair -alias main -dname CN=main -keyalg EC -groupname secp256r1");
        keytool(folder, "-certreq -alias main -file main.csr");
        keytool(folder, "-gencert -alias ca -infile main.csr -outfile main.crt");
        keytool(folder, "-importcert -noprompt -alias main -file main.crt");
        return load(folder);
      } finally {
        try (var files = Files.list(folder)) {
          for (Path each : files.toList()) {
            Files.delete(each);
          }
        }
        Files.delete(folder);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void keytool(Path folder, String arguments) {
    Shell.run(
        folder,
        Path.of(System.getProperty("java.home"), "bin", "keytool")
            + " -storetype PKCS12 -keystore store -storepass password "
            + arguments
            + " 2>&1");
  }

  private static LinkCertificates load(Path folder) throws IOException {
    try {
      KeyStore all = KeyStore.getInstance(folder.resolve("store").toFile(), PASSWORD);
      KeyStore own = KeyStore.getInstance("PKCS12");
      own.load(null, null);
      own.setKeyEntry(
          "main", all.getKey("main", PASSWORD), PASSWORD, all.getCertificateChain("main"));
      KeyStore trust = KeyStore.getInstance("PKCS12");
      trust.load(null, null);
      trust.setCertificateEntry("ca", all.getCertificate("ca"));
      KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
      keys.init(own, PASSWORD);
      TrustManagerFactory trusted = TrustManagerFactory.getInstance("PKIX");
      trusted.init(trust);
      SSLContext context = SSLContext.getInstance("TLSv1.3");
      context.init(keys.getKeyManagers(), trusted.getTrustManagers(), null);
      SSLContext without = SSLContext.getInstance("TLSv1.3");
      without.init(null, trusted.getTrustManagers(), null);
      return new LinkCertificates(context, without);
    } catch (java.security.GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
