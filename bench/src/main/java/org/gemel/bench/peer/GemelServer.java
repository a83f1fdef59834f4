package org.gemel.bench.peer;

import java.io.IOException;
import java.nio.file.Path;
import org.gemel.bench.process.Launch;

/**
 * Gemel's own receiving end, as a process of its own, with one volume that is the folder of the
 * work. The one place that knows how it is called.
 */
final class GemelServer implements AutoCloseable {
  private final Path root;
  private final int port;
  private final Server server;

  private GemelServer(Path root, int port, Server server) {
    this.root = root;
    this.port = port;
    this.server = server;
  }

  static GemelServer start(Gemel gemel, boolean plain, Path root, Path scratch)
      throws IOException, InterruptedException {
    int port = Server.freePort();
    String listen = "127.0.0.1:" + port;
    String volume = "bench=" + root;
    Launch launch =
        plain
            ? gemel.serve("--listen", listen, "--volume", volume, "--plain")
            : gemel.serve("--listen", listen, "--volume", volume);
    return new GemelServer(root, port, Server.start("gemel mirror serve", launch, port, scratch));
  }

  Contestant contestant(Gemel gemel, String name, String... options) {
    Contestant.CommandLine commandLine =
        (from, to) ->
            gemel.launch(
                options,
                from.toString(),
                "agent://127.0.0.1:" + port + "/bench/" + root.relativize(to));
    return Contestant.gemel(name, gemel.absent(options), commandLine).through(server);
  }

  @Override
  public void close() {
    server.close();
  }
}
