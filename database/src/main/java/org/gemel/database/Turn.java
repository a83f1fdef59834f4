package org.gemel.database;

import java.util.List;
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
 * @param differing of a leading side that is not proven: if nothing but these tables is in doubt
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
    List<String> differing,
    @Nullable WalPosition start,
    @Nullable String offer,
    long writes) {

  static Turn ofOldMain(String token, WalPosition position, long writes) {
    return new Turn(token, false, position, false, "", List.of(), null, null, writes);
  }

  static Turn ofNewMain(String token, WalPosition position, boolean proven, String words) {
    return new Turn(token, true, position, proven, words, List.of(), null, null, 0);
  }

  /** Proven but for these tables. */
  static Turn ofNewMainBut(
      String token, WalPosition position, List<String> differing, String words) {
    return new Turn(token, true, position, false, words, differing, null, null, 0);
  }

  /** Whether the other side may follow without a copy of all. */
  boolean mayFollow() {
    return proven || !differing.isEmpty();
  }

  Turn startingAt(WalPosition slot, String offer) {
    return new Turn(token, leads, position, proven, words, differing, slot, offer, writes);
  }

  /** From here on nothing but a copy of all will do. */
  Turn disproven(String why) {
    return new Turn(
        token,
        leads,
        position,
        false,
        proven ? why : words + "; " + why,
        List.of(),
        start,
        offer,
        writes);
  }
}
