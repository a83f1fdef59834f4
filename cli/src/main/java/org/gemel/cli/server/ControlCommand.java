package org.gemel.cli.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.gemel.cli.ExitCode;
import org.gemel.cli.Failure;
import org.gemel.config.ConfigurationFault;
import org.gemel.control.server.ControlServer;
import org.gemel.ledger.LedgerFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code gemel control}: a control point, until it is ended. */
@Command(
    name = "control",
    description = {
      "Runs a control point: keeper, ledger, runs, agents' streams, API and console, until it is ended.",
      "At the first start it makes an administrator 'admin'; the password is left in the file"
          + " initial-password of its state folder, to be read once and deleted."
    },
    footer = {
      "",
      "Example: gemel control --config /etc/gemel/control.yaml, where the file holds",
      "  state: /var/lib/gemel",
      "  console: {host: 0.0.0.0, port: 8443, tls: true}",
      "  agents: {host: 0.0.0.0, port: 8444}",
      "  names: [control.example.org, 192.0.2.10]"
    })
public final class ControlCommand implements Callable<Integer> {
  @Option(names = "--config", required = true, description = "its configuration file")
  private Path config = Path.of("");

  @Override
  public Integer call() throws InterruptedException {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    try (ControlServer server = ControlServer.start(config)) {
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    asked.countDown();
                    awaitUninterrupted(ended);
                  }));
      System.err.println("gemel control: console and API at " + server.url());
      asked.await();
    } catch (ConfigurationFault e) {
      throw new Failure(ExitCode.USAGE, String.valueOf(e.getMessage()));
    } catch (IOException | LedgerFailure e) {
      throw new Failure(ExitCode.FAILED, String.valueOf(e.getMessage()));
    } finally {
      ended.countDown();
    }
    return 0;
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
