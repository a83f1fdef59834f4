package org.gemel.database;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/**
 * Waits until the backup has all that main has committed so far. Where nothing is followed, both
 * stand as they are, and there is nothing to wait for.
 */
final class Fence {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Session main;
  private final String name;

  Fence(Session main, String name) {
    this.main = main;
    this.name = name;
  }

  void pass() throws SQLException, DatabaseFailure {
    Slots slots = new Slots(main, name);
    if (slots.read().isEmpty()) {
      return;
    }
    WalPosition position = Drain.mark(main);
    Patience patience = new Patience(PATIENCE);
    while (true) {
      Optional<WalPosition> confirmed = slots.read().map(Slots.Slot::confirmed);
      if (confirmed.filter(c -> c.compareTo(position) >= 0).isPresent()) {
        return;
      }
      if (patience.isOver()) {
        throw DatabaseFailure.unfinished(
            "the backup at " + confirmed + " of main's position " + position,
            "it there within " + PATIENCE.toSeconds() + " s",
            "see its replication, then repeat");
      }
      patience.pause();
    }
  }
}
