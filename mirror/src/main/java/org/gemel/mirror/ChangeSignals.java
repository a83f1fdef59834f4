package org.gemel.mirror;

import java.util.List;

/**
 * What the guard is told of a pass before anything is deleted or overwritten.
 *
 * @param deletes what is about to go
 * @param overwrites files about to be overwritten
 * @param held what the target held before the pass
 * @param shrunk folders that lost most of what they held and were not seen so before
 */
record ChangeSignals(Extent deletes, long overwrites, Extent held, List<String> shrunk) {
  boolean any() {
    return deletes.entries() + overwrites > 0;
  }
}
