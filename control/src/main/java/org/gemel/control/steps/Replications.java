package org.gemel.control.steps;

import org.gemel.control.site.Reality;
import org.gemel.core.Side;

/** What the reports say of replication. */
final class Replications {
  private Replications() {}

  /** Whether a side provably has no end of replication. */
  static boolean none(Reality reality, Side side) {
    return is(reality, side, "NONE");
  }

  /** Whether replication provably runs from a side to the other. */
  static boolean runs(Reality reality, Side from) {
    return is(reality, from, "MASTER") && is(reality, from.other(), "BACKUP");
  }

  /** Whether a side is the main end of replication, whatever the other end says. */
  static boolean offers(Reality reality, Side side) {
    return is(reality, side, "MASTER");
  }

  private static boolean is(Reality reality, Side side, String state) {
    return reality.database(side).filter(d -> d.getReplication().equals(state)).isPresent();
  }
}
