package org.gemel.wire;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** Whom one trusts and what one shows, in the form Java's TLS takes them. */
final class Trust {
  private Trust() {}

  /** Trusts what this authority has issued, and nothing the system trusts besides. */
  static X509ExtendedTrustManager only(X509Certificate authority) {
    try {
      KeyStore store = emptyStore();
      store.setCertificateEntry("authority", authority);
      TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
      factory.init(store);
      return Arrays.stream(factory.getTrustManagers())
          .filter(X509ExtendedTrustManager.class::isInstance)
          .map(X509ExtendedTrustManager.class::cast)
          .findFirst()
          .orElseThrow();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has PKIX", e);
    }
  }

  /** Shows the certificate with its authority behind it, so that who joins can see both. */
  static KeyManagerFactory show(Identity identity) {
    char[] inMemoryOnly = {};
    try {
      KeyStore store = emptyStore();
      store.setKeyEntry(
          "identity",
          identity.privateKey(),
          inMemoryOnly,
          new Certificate[] {identity.certificate(), identity.authority()});
      KeyManagerFactory factory =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(store, inMemoryOnly);
      return factory;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java keeps a key in memory", e);
    }
  }

  private static KeyStore emptyStore() throws GeneralSecurityException {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      return store;
    } catch (IOException e) {
      throw new IllegalStateException("an empty store reads nothing", e);
    }
  }
}
