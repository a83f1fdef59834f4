package org.gemel.bench.work;

import java.io.IOException;
import java.nio.file.Path;
import org.gemel.bench.peer.Contestant;
import org.gemel.bench.process.Outcome;

/** What surrounds each measured run of a work; nothing here is measured. */
interface Trial {
  Path from();

  Path to(Contestant contestant);

  /** Brings the source to what this round is about. */
  default void beforeRound(int round) throws IOException, InterruptedException {}

  /** Brings the target to where the contestant starts. */
  default void before(Contestant contestant) throws IOException, InterruptedException {}

  /** Looks at what else the run tells. */
  default void after(Contestant contestant, Outcome outcome) {}

  /** Whether each result is compared; where runs change nothing, once a round is enough. */
  default boolean checksEach() {
    return true;
  }
}
