package org.gemel.bench.peer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalDouble;
import org.gemel.bench.tree.Keeps;

/**
 * Who keeps a tree equal to another while that changes.
 *
 * @param absent why it is left out; empty if it takes part
 */
public record Follower(String name, boolean gemel, Keeps keeps, String absent, Start start) {

  /** Starts it; returns when it follows. */
  public interface Start {
    Following of(Path from, Path to) throws IOException, InterruptedException;
  }

  /** One that is at work. */
  public interface Following extends AutoCloseable {
    /** Fails with its last words if it has ended. */
    void mustLive() throws IOException;

    double peakBytes();

    double cpuSeconds();

    /** Ends it and returns the content it moved since its start, if it tells. */
    OptionalDouble end() throws IOException;

    @Override
    void close();
  }

  public boolean takesPart() {
    return absent.isEmpty();
  }
}
