package org.gemel.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The folder that everything is made in, for us alone. It goes when the bench ends, also by a
 * signal: then first the processes that still write to it are ended.
 */
final class Workspace implements AutoCloseable {
  private final Path root;
  private final Thread whenKilled = new Thread(this::abandon, "bench-workspace");

  private Workspace(Path root) {
    this.root = root;
  }

  static Workspace in(Path directory) throws IOException {
    Workspace workspace =
        new Workspace(Files.createTempDirectory(directory.toRealPath(), "gemel-bench-"));
    Files.createDirectory(workspace.trees());
    Files.createDirectory(workspace.scratch());
    Runtime.getRuntime().addShutdownHook(workspace.whenKilled);
    return workspace;
  }

  Path trees() {
    return root.resolve("trees");
  }

  Path scratch() {
    return root.resolve("scratch");
  }

  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(whenKilled);
    remove();
  }

  private void abandon() {
    ProcessHandle.current().descendants().forEach(ProcessHandle::destroy);
    ProcessHandle.current().descendants().forEach(process -> process.onExit().join());
    remove();
  }

  private void remove() {
    try {
      int exit =
          new ProcessBuilder("rm", "-rf", "--one-file-system", "--", root.toString())
              .inheritIO()
              .start()
              .waitFor();
      if (exit != 0) {
        throw new IllegalStateException(
            "found that " + root + " cannot be removed whole: remove it");
      }
    } catch (IOException e) {
      throw new IllegalStateException("found that " + root + " cannot be removed: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
