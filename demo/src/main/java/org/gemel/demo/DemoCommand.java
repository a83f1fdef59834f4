package org.gemel.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.gemel.demo.facility.Facility;
import org.gemel.demo.proof.ProveCommand;
import org.gemel.demo.start.FacilityStart;
import org.gemel.demo.supervisor.Supervisor;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code gemel demo}: a whole facility on this machine, with real parts, until it is ended. */
@Command(
    name = "demo",
    description = {
      "Starts a whole facility on this machine: a control point, two PostgreSQL servers, two volumes, ten"
          + " devices whose editors, ingest and encoder work all the time. Prints 'ready URL USER PASSWORD';"
          + " ends everything on Ctrl-C or SIGTERM. A second start on the same folder goes on where the first"
          + " ended."
    },
    subcommands = ProveCommand.class,
    footer = {
      "",
      "Examples:",
      "  gemel demo                                   in the folder .gemel-demo",
      "  gemel demo --dir /tmp/d --port 8080 --fresh  anew, console on port 8080",
      "  gemel --config .gemel-demo/client.yaml run start switch-x-to-y --auto --confirm X",
      "  gemel demo prove                             was anything lost? are both sides equal?"
    })
public final class DemoCommand implements Callable<Integer> {
  private static final Duration GRACE = Duration.ofSeconds(10);
  private static final int FAILED = 1;

  @Option(
      names = "--dir",
      defaultValue = ".gemel-demo",
      description = "the folder of everything (default ${DEFAULT-VALUE})")
  private Path dir = Path.of(".gemel-demo");

  @Option(
      names = "--port",
      description = "port of the console (default: any free one, then the same)")
  private @Nullable Integer port;

  @Option(names = "--fresh", description = "begin anew: what is in the folder is deleted")
  private boolean fresh;

  @Override
  public Integer call() {
    Thread starting = Thread.currentThread();
    CountDownLatch ended = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  starting.interrupt();
                  awaitQuietly(ended);
                }));
    try {
      run();
      return 0;
    } catch (InterruptedException asked) {
      System.err.println("gemel demo: everything has ended");
      return 0;
    } catch (IOException e) {
      System.err.println("gemel demo: " + words(e));
      return FAILED;
    } finally {
      ended.countDown();
    }
  }

  private void run() throws IOException, InterruptedException {
    Instant begun = Instant.now();
    if (fresh && Files.exists(dir)) {
      Facility.delete(dir);
    }
    Map<String, Integer> given = new HashMap<>();
    if (port != null) {
      given.put("control", port);
    }
    Facility facility = Facility.open(dir, given, begun);
    try (Supervisor supervisor = Supervisor.open(facility.folder(), GRACE, Clock.systemUTC())) {
      FacilityStart start =
          new FacilityStart(
              facility, supervisor, line -> System.err.println("gemel demo: " + line));
      FacilityStart.Ready ready = start.start(cache());
      System.err.printf(
          "gemel demo: up after %.1f s; all data is in %s%n",
          Duration.between(begun, Instant.now()).toMillis() / 1000.0, facility.folder());
      System.out.println(
          "ready "
              + ready.url()
              + " "
              + ready.user()
              + " "
              + ready.password().orElse("(the password was shown at the first start)"));
      System.out.flush();
      new CountDownLatch(1).await();
    }
  }

  /** Where unpacked programs are kept between starts and facilities. */
  private static Path cache() {
    String named = System.getenv("XDG_CACHE_HOME");
    String home = System.getenv("HOME");
    Path base =
        named != null && !named.isBlank()
            ? Path.of(named)
            : Path.of(home != null ? home : System.getProperty("user.home"), ".cache");
    return base.resolve("gemel");
  }

  private static String words(Throwable failure) {
    Throwable cause = failure.getCause();
    return failure.getMessage() + (cause == null ? "" : ": " + words(cause));
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
