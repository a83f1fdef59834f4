package org.gemel.demo.workload;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A device's own items, from its journal, and the number of its next act. */
final class Stock {
  private final Map<UUID, Item> items;
  private long lastNumber;

  private Stock(Map<UUID, Item> items, long lastNumber) {
    this.items = items;
    this.lastNumber = lastNumber;
  }

  static Stock read(Path journal) throws IOException {
    List<JournalLine> lines = Journal.read(journal);
    return new Stock(
        Item.fold(lines), lines.stream().mapToLong(JournalLine::number).max().orElse(0));
  }

  long nextNumber() {
    return ++lastNumber;
  }

  /**
   * Only items whose state is known are touched again; one in doubt stays as it is, or the proof
   * could say nothing.
   */
  List<JournalLine> present() {
    List<JournalLine> present = new ArrayList<>();
    for (Item item : items.values()) {
      JournalLine last = item.acknowledged();
      if (last != null && item.settledAndPresent()) {
        present.add(last);
      }
    }
    return present;
  }

  void take(JournalLine outcome) {
    switch (outcome.phase()) {
      case ACKNOWLEDGED -> {
        if (outcome.act() == Act.DELETE) {
          items.remove(outcome.item());
        } else {
          items.put(outcome.item(), new Item(outcome.item(), outcome, List.of()));
        }
      }
      case IN_DOUBT -> items.remove(outcome.item());
      case REFUSED, BEGUN -> {
        // A refused act changed nothing.
      }
    }
  }

  /** Leaves an item alone from now on, because this side does not have it. */
  void forget(UUID item) {
    items.remove(item);
  }
}
