package org.gemel.control.api;

import java.time.Instant;
import java.util.List;
import org.gemel.core.Side;
import org.jspecify.annotations.Nullable;

/**
 * What would be lost if the sides were joined again with one of them as main.
 *
 * @param main the side that will be main
 * @param overwritten the side whose own changes are overwritten
 * @param hash to be given back as the approval: over what would be lost and both sides'
 *     generations, not over main's rows, whose clients may go on
 * @param words the whole in a sentence
 * @param incomplete not empty: this is not all, and why
 * @param nothingLost whether it is known that nothing would be lost
 * @param here what the side to be overwritten noted of its changes; null where it noted none
 * @param onMain what main noted
 * @param tables those in which anything differs
 */
public record DatabasePreview(
    Side main,
    Side overwritten,
    Instant at,
    String hash,
    String words,
    String incomplete,
    boolean nothingLost,
    @Nullable Log here,
    @Nullable Log onMain,
    List<Table> tables) {

  /**
   * What a side noted of its own changes since the sides parted.
   *
   * @param generation of its content; it became another one than the other side's at {@code
   *     diverged}, the commit of its first own change
   * @param diverged null where there is none
   * @param incomplete not empty: the notes are not complete, since when and why
   * @param words all that in a sentence
   */
  public record Log(
      String generation,
      Instant since,
      @Nullable Instant diverged,
      long keys,
      int wholeTables,
      long keptBytes,
      String incomplete,
      String words) {}

  /**
   * What joining does to one table of the side that is overwritten.
   *
   * @param lost rows on that side only; they go
   * @param replaced rows that side changed; main's come in their place
   * @param back rows that side deleted; main's come back
   * @param caughtUp rows main alone changed: nothing of that side's is lost
   * @param whole not empty: rows were compared one by one, and why
   * @param newestHere the last change on that side; null where there is none
   * @param examples the first rows that are lost, replaced or come back
   */
  public record Table(
      String table,
      long lost,
      long replaced,
      long back,
      long caughtUp,
      String whole,
      @Nullable Instant newestHere,
      @Nullable Instant newestOnMain,
      List<Row> examples) {
    /** Rows of that side's work that are overwritten. */
    public long overwritten() {
      return lost + replaced + back;
    }
  }

  /**
   * One row.
   *
   * @param fate LOST, REPLACED or BACK
   * @param changedOnMain null where main did not change it
   */
  public record Row(
      String fate, String key, Instant changedHere, @Nullable Instant changedOnMain) {}
}
