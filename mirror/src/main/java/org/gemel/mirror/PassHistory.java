package org.gemel.mirror;

import java.util.Optional;
import org.gemel.core.Side;

/**
 * What became of passes, kept by the host over its restarts. The mirror works without: it is for
 * people, and for estimates.
 */
public interface PassHistory {
  /** Keeps nothing. */
  PassHistory NONE =
      new PassHistory() {
        @Override
        public void ended(EndedPass pass) {}

        @Override
        public Optional<EndedPass> lastComplete(String profile, Side from) {
          return Optional.empty();
        }
      };

  /** A pass has ended. Told on its own thread; must not throw. */
  void ended(EndedPass pass);

  /** The last pass of a profile in this direction after which the target equalled the source. */
  Optional<EndedPass> lastComplete(String profile, Side from);
}
