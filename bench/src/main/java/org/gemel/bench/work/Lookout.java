package org.gemel.bench.work;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.gemel.bench.tree.Sighting;

/**
 * Looks at a target until everything is seen there, and all of it at once: five thousand times a
 * second, which is finer than what is measured and leaves most of a processor to the contestant.
 */
final class Lookout {
  private static final long EVERY_NANOS = 200_000;
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private final Path target;

  Lookout(Path target) {
    this.target = target;
  }

  /** Asked now and then whether waiting still makes sense. */
  interface Alive {
    void must() throws IOException;
  }

  void await(List<? extends Sighting> sightings, Alive alive) throws IOException {
    long began = System.nanoTime();
    int seen = 0;
    while (true) {
      while (seen < sightings.size() && sightings.get(seen).isSeen(target)) {
        seen++;
      }
      if (seen == sightings.size() && allSeen(sightings)) {
        return;
      }
      seen = seen == sightings.size() ? 0 : seen;
      alive.must();
      if (System.nanoTime() - began > LONGEST.toNanos()) {
        throw new IOException(
            "found after "
                + LONGEST.toMinutes()
                + " minutes no sign of "
                + describe(sightings, seen));
      }
      LockSupport.parkNanos(EVERY_NANOS);
    }
  }

  private boolean allSeen(List<? extends Sighting> sightings) throws IOException {
    for (Sighting sighting : sightings) {
      if (!sighting.isSeen(target)) {
        return false;
      }
    }
    return true;
  }

  private static String describe(List<? extends Sighting> sightings, int seen) {
    return switch (sightings.get(seen)) {
      case Sighting.Content content -> "the change of " + content.file();
      case Sighting.Gone gone -> "the delete of " + gone.file();
      case Sighting.Moved moved -> "the rename of " + moved.old() + " to " + moved.now();
    };
  }
}
