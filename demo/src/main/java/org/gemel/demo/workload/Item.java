package org.gemel.demo.workload;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the journals say about one item.
 *
 * @param acknowledged the last acknowledged act; null if none ever was
 * @param possible acts after it whose outcome nobody knows
 */
public record Item(UUID id, @Nullable JournalLine acknowledged, List<JournalLine> possible) {
  /** Folds lines, in the order they were written, to the expected end. */
  public static Map<UUID, Item> fold(Collection<JournalLine> lines) {
    Map<UUID, Item> items = new LinkedHashMap<>();
    for (JournalLine line : lines) {
      Item before = items.getOrDefault(line.item(), new Item(line.item(), null, List.of()));
      items.put(line.item(), before.after(line));
    }
    return items;
  }

  private Item after(JournalLine line) {
    return switch (line.phase()) {
      case BEGUN, IN_DOUBT -> {
        List<JournalLine> more = withoutAct(line);
        more.add(line);
        yield new Item(id, acknowledged, more);
      }
      case REFUSED -> new Item(id, acknowledged, withoutAct(line));
      case ACKNOWLEDGED -> new Item(id, line, withoutAct(line));
    };
  }

  private List<JournalLine> withoutAct(JournalLine line) {
    List<JournalLine> others = new ArrayList<>(possible);
    others.removeIf(other -> other.number() == line.number());
    return others;
  }

  /** Whether the end is known and it is there, so that more may be done with it. */
  public boolean settledAndPresent() {
    return acknowledged != null && acknowledged.act() != Act.DELETE && possible.isEmpty();
  }
}
