package org.gemel.bench.peer;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.gemel.bench.process.Fresh;
import org.gemel.bench.process.Launch;
import org.gemel.bench.process.Running;

/**
 * A daemon on the loopback address that lets clients write below one folder. It asks for a secret
 * made for this run: other users of the machine are not to write there.
 */
final class Server implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(60);

  private static final Duration LAST_CLIENT = Duration.ofSeconds(5);

  private final Running process;

  private Server(Running process) {
    this.process = process;
  }

  /** Starts it and waits until it takes connections. */
  static Server start(String name, Launch launch, int port, Path scratch)
      throws IOException, InterruptedException {
    Running process = Running.start(name, launch, scratch);
    process.await("listening on port " + port, START, () -> Fresh.listens(port));
    return new Server(process);
  }

  /** What it used for all clients until now; those that just left are waited for. */
  double cpuSeconds() {
    process.awaitChildren(LAST_CLIENT);
    return process.cpuSeconds();
  }

  @Override
  public void close() {
    process.close();
  }
}
