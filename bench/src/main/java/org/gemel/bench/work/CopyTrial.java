package org.gemel.bench.work;

import java.io.IOException;
import java.nio.file.Path;
import org.gemel.bench.peer.Contestant;
import org.gemel.bench.peer.Network;

/** A tree copied into an empty one, which is the same for all and empty again for each. */
record CopyTrial(Course course, Path from, Path target, boolean large) implements Trial {
  @Override
  public Path to(Contestant contestant) {
    return target;
  }

  @Override
  public void before(Contestant contestant) throws IOException, InterruptedException {
    course.clear(target);
    Network.open(target);
    if (large) {
      course.caches().warm(from);
    }
  }
}
