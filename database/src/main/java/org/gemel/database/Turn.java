package org.gemel.database;

import org.jspecify.annotations.Nullable;

/**
 * What one side noted about a change of direction; see {@link TurnNotes}.
 *
 * @param token the same on both sides if they speak of the same moment
 * @param leads whether this is the note of the side that is to be main from then on
 * @param position of the old main, past everything it had at that moment
 * @param proven whether both sides were proven equal at that moment; of the old main's note: yet
 *     unknown, false
 * @param words what was proven, or what was not
 * @param start of a leading side: the position from which its slot has everything; null until the
 *     slot is made
 * @param offer of a leading side: the fingerprint of its {@link Offer} from before that slot
 * @param writes of the old main: rows written in all its tables up to that moment
 */
record Turn(
    String token,
    boolean leads,
    WalPosition position,
    boolean proven,
    String words,
    @Nullable WalPosition start,
    @Nullable String offer,
    long writes) {

  static Turn ofOldMain(String token, WalPosition position, long writes) {
    return new Turn(token, false, position, false, "", null, null, writes);
  }

  static Turn ofNewMain(String token, WalPosition position, boolean proven, String words) {
    return new Turn(token, true, position, proven, words, null, null, 0);
  }

  Turn startingAt(WalPosition slot, String offer) {
    return new Turn(token, leads, position, proven, words, slot, offer, writes);
  }

  Turn disproven(String why) {
    return new Turn(token, leads, position, false, why, start, offer, writes);
  }
}
