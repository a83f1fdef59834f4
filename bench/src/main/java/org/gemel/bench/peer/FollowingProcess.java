package org.gemel.bench.peer;

import java.io.IOException;
import java.util.OptionalDouble;
import org.gemel.bench.process.Running;

/** A follower that is one process and tells at its end what it moved. */
record FollowingProcess(String name, Running process) implements Follower.Following {
  @Override
  public void mustLive() throws IOException {
    if (!process.isAlive()) {
      throw new IOException(name + " ended by itself: " + process.err().strip());
    }
  }

  @Override
  public double peakBytes() {
    return process.peakBytes();
  }

  @Override
  public double cpuSeconds() {
    return process.cpuSeconds();
  }

  @Override
  public OptionalDouble end() throws IOException {
    process.close();
    return Moved.bytesMoved(process.out());
  }

  @Override
  public void close() {
    process.close();
  }
}
