package org.gemel.control;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.gemel.control.api.AuditEntry;
import org.gemel.ledger.Key;
import org.gemel.ledger.Ledger;

/** Who did what: entries in the ledger that are only ever added. */
final class Audit {
  private static final String FOLDER = "audit";

  private final Ledger ledger;

  Audit(Ledger ledger) {
    this.ledger = ledger;
  }

  record Entry(Instant at, String who, String what, String outcome) {}

  void record(Instant at, String who, String what, String outcome) {
    ledger.append(FOLDER, new Entry(at, who, what, outcome));
  }

  List<AuditEntry> newest(int limit) {
    List<AuditEntry> entries = new ArrayList<>();
    for (String name : ledger.names(FOLDER).reversed()) {
      if (entries.size() >= limit) {
        break;
      }
      ledger
          .read(new Key<>(FOLDER, name, Entry.class))
          .map(v -> v.value())
          .ifPresent(
              e ->
                  entries.add(
                      new AuditEntry(
                          Long.parseLong(name.substring(1)),
                          e.at(),
                          e.who(),
                          e.what(),
                          e.outcome())));
    }
    return entries;
  }
}
