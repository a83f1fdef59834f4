package org.gemel.bench.peer;

import java.nio.file.Path;
import java.util.function.DoubleSupplier;
import org.gemel.bench.process.Launch;
import org.gemel.bench.tree.Keeps;

/**
 * Who does a work: a command line that makes one tree equal another.
 *
 * @param absent why it is left out; empty if it takes part
 * @param serverCpuSeconds what the server it talks to has used until now
 */
public record Contestant(
    String name,
    boolean gemel,
    Keeps keeps,
    String absent,
    CommandLine commandLine,
    DoubleSupplier serverCpuSeconds) {

  /** Its command line for two trees. */
  public interface CommandLine {
    Launch of(Path from, Path to);
  }

  static Contestant peer(String name, Keeps keeps, String absent, CommandLine commandLine) {
    return new Contestant(name, false, keeps, absent, commandLine, () -> 0);
  }

  static Contestant gemel(String name, String absent, CommandLine commandLine) {
    return new Contestant(name, true, Keeps.EVERYTHING, absent, commandLine, () -> 0);
  }

  Contestant through(Server server) {
    return new Contestant(name, gemel, keeps, absent, commandLine, server::cpuSeconds);
  }

  public boolean takesPart() {
    return absent.isEmpty();
  }
}
