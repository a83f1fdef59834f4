package org.gemel.database;

import java.util.Set;

/**
 * What a repair of a backup did.
 *
 * @param rows written or taken away by their keys
 * @param anew tables that must be copied whole: they have no key, or too much of them differs
 */
public record Repaired(long rows, Set<String> anew) {
  public Repaired {
    anew = Set.copyOf(anew);
  }
}
