package org.gemel.control;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.gemel.control.api.PairView;
import org.gemel.control.api.Refusal;
import org.gemel.ledger.Key;
import org.gemel.ledger.Ledger;
import org.gemel.ledger.LedgerConflict;
import org.gemel.ledger.Versioned;

/** System pairs in the ledger. A storage system belongs to one pair at most. */
final class Pairs {
  private static final String FOLDER = "pairs";

  private final Ledger ledger;

  Pairs(Ledger ledger) {
    this.ledger = ledger;
  }

  List<PairView> all() {
    return ledger.names(FOLDER).stream()
        .map(name -> ledger.read(key(name)))
        .flatMap(Optional::stream)
        .map(Versioned::value)
        .toList();
  }

  PairView create(String name, String main, String backup, Instant now) {
    if (main.equals(backup)) {
      throw new Refusal(
          Refusal.Reason.USAGE,
          "found storage system '" + main + "' twice, wanted two: name main first, then backup");
    }
    for (PairView pair : all()) {
      for (String system : List.of(main, backup)) {
        if (pair.x().equals(system) || pair.y().equals(system)) {
          throw new Refusal(
              Refusal.Reason.NOT_READY,
              "found storage system '"
                  + system
                  + "' in pair "
                  + pair.name()
                  + " already, wanted one that is in no pair: remove that pair first, or name another");
        }
      }
    }
    PairView pair = new PairView(name, main, backup, now);
    try {
      ledger.create(key(name), pair);
    } catch (LedgerConflict e) {
      throw new Refusal(
          Refusal.Reason.NOT_READY,
          "found a pair " + name + " already, wanted a new name: see `gemel pair list`");
    }
    return pair;
  }

  void remove(String name) {
    Versioned<PairView> pair =
        ledger
            .read(key(name))
            .orElseThrow(
                () ->
                    new Refusal(
                        Refusal.Reason.UNKNOWN_NAME,
                        "found no pair " + name + ": see `gemel pair list`"));
    ledger.delete(key(name), pair.version());
  }

  private static Key<PairView> key(String name) {
    try {
      return new Key<>(FOLDER, name, PairView.class);
    } catch (IllegalArgumentException e) {
      throw new Refusal(Refusal.Reason.USAGE, String.valueOf(e.getMessage()));
    }
  }
}
