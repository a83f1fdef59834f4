package org.gemel.demo.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gemel.core.Side;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("B-43")
final class BrowseServiceTest {
  @Test
  @Tag("M-22")
  void aSwappedConfigurationTakesNoEffectBeforeTheNextStart(@TempDir Path folder) throws Exception {
    Path active = folder.resolve("service.config");
    int port = freePort();
    Files.writeString(active, config(Side.X, port, folder).render());
    try (BrowseService _ = BrowseService.start(BrowseConfig.read(active))) {
      Files.writeString(active, config(Side.Y, port, folder).render());
      assertThat(get(port, "/status")).contains("\"side\":\"X\"").contains("\"media\":\"there\"");
    }
    try (BrowseService _ = BrowseService.start(BrowseConfig.read(active))) {
      assertThat(get(port, "/status")).contains("\"side\":\"Y\"");
      assertThat(get(port, "/assets")).contains("refused");
    }
  }

  /** Nobody listens where it finds its database. */
  private static BrowseConfig config(Side side, int port, Path media) {
    DatabaseAccess nobody =
        new DatabaseAccess("jdbc:postgresql://127.0.0.1:1/newsroom", "newsroom_app", "secret");
    return new BrowseConfig("news", side, port, nobody, media);
  }

  private static int freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static String get(int port, String path) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
      return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }
  }
}
