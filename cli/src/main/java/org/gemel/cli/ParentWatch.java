package org.gemel.cli;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Ends this process when the supervisor that wants it ended with itself is gone, even by kill -9.
 *
 * <p>The variable {@value #VARIABLE} carries the supervisor's process id. Its direct child watches
 * the pipe on its standard input, which the kernel closes with the supervisor. Deeper descendants
 * inherit the variable but not the pipe, so they watch the process itself. A variable that said
 * only "yes" would make such a descendant, started with an empty standard input, end at once.
 */
public final class ParentWatch {
  /** Environment variable that holds the supervisor's process id. */
  public static final String VARIABLE = "GEMEL_EXIT_WITH_STDIN";

  private static final Duration GRACE = Duration.ofSeconds(15);
  private static final int EXIT_STATUS = 143;

  private ParentWatch() {}

  /** Call it first in {@code main}; does nothing unless the variable is set. */
  public static void startIfAsked(Map<String, String> environment) {
    String value = environment.get(VARIABLE);
    if (value == null || value.isEmpty()) {
      return;
    }
    long supervisor = Long.parseLong(value);
    @Nullable ProcessHandle parent = ProcessHandle.current().parent().orElse(null);
    if (parent != null && parent.pid() == supervisor) {
      daemon(() -> awaitEndOf(System.in));
      return;
    }
    @Nullable ProcessHandle ancestor = ProcessHandle.of(supervisor).orElse(null);
    daemon(
        () -> {
          if (ancestor != null) {
            ancestor.onExit().join();
          }
        });
  }

  private static void awaitEndOf(InputStream input) {
    byte[] ignored = new byte[64];
    try {
      while (input.read(ignored) >= 0) {
        // What is written there has no meaning; only its end has.
      }
    } catch (IOException e) {
      System.err.println(
          "standard input of the supervisor broke ("
              + e.getMessage()
              + "), which is taken as its end");
    }
  }

  private static void daemon(Runnable untilSupervisorEnds) {
    Thread.ofPlatform()
        .daemon()
        .name("parent-watch")
        .start(
            () -> {
              untilSupervisorEnds.run();
              System.err.println("the supervisor is gone: ending with it");
              haltAfterGrace();
              System.exit(EXIT_STATUS);
            });
  }

  /** Shutdown hooks may hang; nobody is left to kill this process then but itself. */
  private static void haltAfterGrace() {
    Thread.ofPlatform()
        .daemon()
        .name("parent-watch-halt")
        .start(
            () -> {
              try {
                Thread.sleep(GRACE);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              Runtime.getRuntime().halt(EXIT_STATUS);
            });
  }
}
