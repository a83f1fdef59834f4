package org.gemel.database;

import java.util.List;

/**
 * What a change of direction begins with.
 *
 * @param proven whether both sides were proven equal, so that the other side may follow this one
 *     without a copy
 * @param words what was proven, or what was not
 * @param differing if not proven: the tables that must be copied for the other side to follow, if
 *     it is nothing but those
 */
public record Turned(boolean proven, String words, List<String> differing) {
  public Turned {
    differing = List.copyOf(differing);
  }

  /** Where no table is known to be the only doubt. */
  public Turned(boolean proven, String words) {
    this(proven, words, List.of());
  }
}
