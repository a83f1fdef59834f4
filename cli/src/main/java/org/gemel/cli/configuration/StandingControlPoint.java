package org.gemel.cli.configuration;

import java.nio.file.Files;
import java.nio.file.Path;
import org.gemel.cli.ExitCode;
import org.gemel.cli.Failure;
import org.gemel.config.kept.Retrieval;
import org.gemel.config.kept.Retrieval.Change;

/**
 * A control point that was started on this machine before. Its keeper opens with the secret it was
 * made with and no other, and holds a ledger that a copy must not be mixed with.
 */
final class StandingControlPoint {
  private StandingControlPoint() {}

  static void refuseToReplace(Retrieval retrieval) {
    for (var item : retrieval.items()) {
      Path keeper = item.target().resolveSibling("keeper");
      if (item.target().endsWith("ledger-secret")
          && (item.change() == Change.CREATE || item.change() == Change.REPLACE)
          && Files.exists(keeper)) {
        throw new Failure(
            ExitCode.UNSAFE,
            "found the keeper of another control point in "
                + keeper
                + ", wanted none: stop that control point, move its state folder away, and give the same command"
                + " again; nothing was changed");
      }
    }
  }
}
