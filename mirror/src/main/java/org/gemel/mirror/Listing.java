package org.gemel.mirror;

import java.util.List;
import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.EntryTable;

/**
 * What a folder holds, as far as a mirror is concerned.
 *
 * @param table its entries, sorted by name, without what the filters exclude and what is Gemel's
 *     own
 * @param temporaries names of unfinished copies
 * @param failures entries whose status could not be read: then absence of a name proves nothing
 */
public record Listing(EntryTable table, List<EntryName> temporaries, List<Failure> failures) {
  static final Listing EMPTY = new Listing(EntryTable.EMPTY, List.of(), List.of());

  int size() {
    return table.size();
  }

  Entry entry(int row) {
    return new Entry(table.name(row), table.status(row));
  }
}
