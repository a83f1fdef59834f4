package org.gemel.database.preview;

import java.util.List;
import java.util.Optional;

/**
 * What will be lost when the sides of a split are joined, in words that a person approves by its
 * hash.
 *
 * @param hash over what would be lost: every row that the side to be overwritten changed since the
 *     parting, as it is there now, and both sides' generations. Main's rows are not in it, so its
 *     clients may go on
 * @param incomplete not empty: this is not all, and why
 * @param here the log of the side to be overwritten; absent where it kept none
 * @param onMain the log of main
 * @param tables those in which anything differs
 */
public record SplitPreview(
    String hash,
    String incomplete,
    Optional<ChangeLogState> here,
    Optional<ChangeLogState> onMain,
    List<PreviewedTable> tables) {
  public SplitPreview {
    tables = List.copyOf(tables);
  }

  /** Rows of that side's work that would be overwritten, as far as known. */
  public long overwritten() {
    return tables.stream().mapToLong(PreviewedTable::overwritten).sum();
  }

  /** Whether it is known that nothing would be lost. */
  public boolean nothingLost() {
    return incomplete.isEmpty() && overwritten() == 0;
  }
}
