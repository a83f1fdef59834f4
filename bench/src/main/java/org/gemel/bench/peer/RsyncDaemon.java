package org.gemel.bench.peer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.gemel.bench.process.Fresh;
import org.gemel.bench.process.Launch;
import org.gemel.bench.process.PrivateFile;
import org.gemel.bench.process.Tool;
import org.gemel.bench.tree.Keeps;

/** rsync's own server, with one module that is the folder of the work. */
final class RsyncDaemon implements AutoCloseable {
  private final Path root;
  private final int port;
  private final String secret;
  private final Server server;

  private RsyncDaemon(Path root, int port, String secret, Server server) {
    this.root = root;
    this.port = port;
    this.secret = secret;
    this.server = server;
  }

  static RsyncDaemon start(Path root, Path scratch) throws IOException, InterruptedException {
    int port = Fresh.port();
    String secret = Fresh.secret();
    Path secrets =
        PrivateFile.write(scratch.resolve("rsyncd-" + port + ".secrets"), "bench:" + secret + "\n");
    Path configuration =
        PrivateFile.write(
            scratch.resolve("rsyncd-" + port + ".conf"),
            """
            address = 127.0.0.1
            port = %d
            pid file = %s
            log file = %s
            use chroot = no
            munge symlinks = no
            %s
            [bench]
            path = %s
            read only = no
            auth users = bench
            secrets file = %s
            """
                .formatted(
                    port,
                    scratch.resolve("rsyncd-" + port + ".pid"),
                    scratch.resolve("rsyncd-" + port + ".log"),
                    Fresh.asRoot() ? "uid = 0\ngid = 0" : "",
                    root,
                    secrets));
    Launch launch =
        Launch.of(Tool.RSYNC.path(), "--daemon", "--no-detach", "--config=" + configuration);
    return new RsyncDaemon(
        root, port, secret, Server.start("the rsync daemon", launch, port, scratch));
  }

  Contestant contestant(String name, String... options) {
    Contestant.CommandLine commandLine =
        (from, to) -> {
          List<String> line = new ArrayList<>();
          line.add(Tool.RSYNC.path());
          line.addAll(List.of(options));
          line.add(from + "/");
          line.add("rsync://bench@127.0.0.1:" + port + "/bench/" + root.relativize(to) + "/");
          return Launch.of(line).with(Map.of("RSYNC_PASSWORD", secret));
        };
    return Contestant.peer(name, Keeps.EVERYTHING, "", commandLine).through(server);
  }

  @Override
  public void close() {
    server.close();
  }
}
