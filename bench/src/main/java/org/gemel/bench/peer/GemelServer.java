package org.gemel.bench.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gemel.bench.process.Fresh;
import org.gemel.bench.process.Launch;

/**
 * Gemel's own receiving end, as a process of its own, with one volume that is the folder of the
 * work. The one place that knows how it is called.
 */
final class GemelServer implements AutoCloseable {
  private final Path root;
  private final int port;
  private final LinkKeys keys;
  private final Server server;

  private GemelServer(Path root, int port, LinkKeys keys, Server server) {
    this.root = root;
    this.port = port;
    this.keys = keys;
    this.server = server;
  }

  static GemelServer start(Gemel gemel, LinkKeys keys, boolean remembers, Path root, Path scratch)
      throws IOException, InterruptedException {
    int port = Fresh.port();
    String memory = remembers ? "memory: " + scratch.resolve("memory-" + port) + "\n" : "";
    Path configuration =
        Files.writeString(
            scratch.resolve("serve-" + port + ".yaml"),
            "listen: 127.0.0.1:%d\n%s%svolumes:\n  - {name: bench, folder: %s, access: READ_WRITE, peers: [\"*\"]}\n"
                .formatted(port, memory, keys.serving(), root));
    Launch launch = gemel.serve("--config", configuration.toString());
    return new GemelServer(
        root, port, keys, Server.start("gemel mirror serve", launch, port, scratch));
  }

  Contestant contestant(Gemel gemel, String name) {
    String[] line = keys.calling().toArray(String[]::new);
    Contestant.CommandLine commandLine =
        (from, to) ->
            gemel.launch(
                line,
                from.toString(),
                "agent://127.0.0.1:" + port + "/bench/" + root.relativize(to));
    return Contestant.gemel(name, "", commandLine).through(server);
  }

  @Override
  public void close() {
    server.close();
  }
}
