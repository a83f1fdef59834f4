package org.gemel.control.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How the comparison of all content of a profile stands.
 *
 * @param plan how often, such as {@code every 1d}
 * @param words what is known, in a few words
 * @param lamp whether all content was found equal, or was made so
 * @param current the round under way; null between two
 * @param last the round that ended last; null before there was one
 * @param certificate of equality, the last; null before there was one
 * @param trouble why it does not go on, or what it could not do; null if all is well
 */
public record FolderScrubStatus(
    String plan,
    String words,
    Lamp lamp,
    @Nullable Round current,
    @Nullable Round last,
    @Nullable Certificate certificate,
    @Nullable String trouble) {

  /**
   * Once through both sides.
   *
   * @param ended null while it is under way
   * @param files whose content was compared
   * @param bytes compared
   * @param unread files that were being changed when their turn came
   * @param differing entries that differed though nobody had changed them
   * @param repaired how many of those were made equal
   * @param failed entries that could not be read
   */
  public record Round(
      Instant begun,
      @Nullable Instant ended,
      long files,
      long bytes,
      long unread,
      long differing,
      long repaired,
      long failed) {}

  /**
   * That both sides were found equal between two times.
   *
   * @param epoch of the roles; null where none is known
   */
  public record Certificate(
      @Nullable String epoch,
      long files,
      long folders,
      long bytes,
      String treeHash,
      Instant begun,
      Instant ended) {}
}
