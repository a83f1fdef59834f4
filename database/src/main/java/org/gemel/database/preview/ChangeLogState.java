package org.gemel.database.preview;

import java.time.Instant;
import java.util.Optional;

/**
 * What a side has noted of its own changes since the sides parted.
 *
 * @param generation of its content; it became another one than the other side's at {@code diverged}
 * @param since when the sides parted
 * @param diverged when this side's first own change was committed; absent where there is none
 * @param keys distinct keys noted so far
 * @param wholeTables tables that count as changed as a whole
 * @param keptBytes of the server's log that are held for what is not noted yet
 * @param incomplete not empty: the notes are not complete, since when and why
 */
public record ChangeLogState(
    String generation,
    Instant since,
    Optional<Instant> diverged,
    long keys,
    int wholeTables,
    long keptBytes,
    String incomplete) {

  /** Whether it is known that this side changed nothing. */
  public boolean nothingChanged() {
    return incomplete.isEmpty() && keys == 0 && wholeTables == 0;
  }

  /** For a status page. */
  public String words() {
    String changed =
        diverged.isEmpty()
            ? "nothing was written here since the sides parted at " + since
            : "%d rows%s changed here since the sides parted at %s, the first at %s"
                .formatted(
                    keys,
                    wholeTables == 0 ? "" : " and " + wholeTables + " whole tables",
                    since,
                    diverged.get());
    return incomplete.isEmpty()
        ? changed + "; " + keptBytes + " bytes of log are held for the rest"
        : changed + ", but this is not all: " + incomplete;
  }
}
