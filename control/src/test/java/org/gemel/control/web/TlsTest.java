package org.gemel.control.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.gemel.control.fake.FakeControlPoint;
import org.gemel.control.fake.Scenes;
import org.gemel.control.people.SessionLimits;
import org.gemel.control.people.Sessions;
import org.gemel.control.people.Tokens;
import org.gemel.control.people.Users;
import org.gemel.ledger.MemoryLedger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {
  private static final char[] PASSWORD = "changeit".toCharArray();

  @Test
  void apiAndConsoleAreServedOverTlsAndOverNothingElse(@TempDir Path folder) throws Exception {
    SSLContext tls = context(folder.resolve("key.p12"));
    FakeControlPoint control = new FakeControlPoint(Scenes.normal());
    MemoryLedger ledger = new MemoryLedger();
    Users users = Users.forTests(ledger, control);
    try (WebServer server =
            new WebServer(
                control,
                users,
                new Tokens(ledger, control, users),
                new Sessions(ledger, control, users, SessionLimits.DEFAULT),
                new WebSettings("127.0.0.1", 0, tls, true));
        HttpClient client = HttpClient.newBuilder().sslContext(tls).build()) {
      int port = server.start().getPort();
      assertThat(server.url()).isEqualTo("https://127.0.0.1:" + port);
      var answer =
          client.send(
              HttpRequest.newBuilder(URI.create(server.url() + "/api/v1/health")).build(),
              BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("Strict-Transport-Security")).isPresent();
    }
  }

  private static SSLContext context(Path file) throws Exception {
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-alias",
                "web",
                "-dname",
                "CN=127.0.0.1",
                "-ext",
                "SAN=IP:127.0.0.1",
                "-storepass",
                new String(PASSWORD),
                "-keystore",
                file.toString())
            .inheritIO()
            .start();
    assertThat(keytool.waitFor()).isZero();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD);
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD);
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("web", store.getCertificate("web"));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }
}
