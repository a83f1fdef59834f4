package org.gemel.mirror;

import java.util.List;
import org.gemel.mirror.system.EntryName;

/**
 * What a folder holds, as far as a mirror is concerned.
 *
 * @param entries sorted by name, without what the filters exclude and what is Gemel's own
 * @param temporaries names of unfinished copies
 * @param failures entries whose status could not be read: then absence of a name proves nothing
 */
record Listing(List<Entry> entries, List<EntryName> temporaries, List<Failure> failures) {
  static final Listing EMPTY = new Listing(List.of(), List.of(), List.of());
}
