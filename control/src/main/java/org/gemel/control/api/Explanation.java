package org.gemel.control.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an operation would do, before anybody confirms it.
 *
 * @param sentences all of it, for people
 * @param drops what a start of the replication would have to drop; null where there is nothing, or
 *     where that is not known
 */
public record Explanation(List<String> sentences, @Nullable Drops drops) {
  public Explanation {
    sentences = List.copyOf(sentences);
  }

  /** One of which nothing is dropped. */
  public static Explanation of(List<String> sentences) {
    return new Explanation(sentences, null);
  }

  /**
   * What only the side that is overwritten has: tables, columns and the like. Whoever confirmed
   * that rows are overwritten has not confirmed that, so it is approved apart.
   *
   * @param hash to be given back as the approval of just this list
   * @param commands what would be done, one a thing
   */
  public record Drops(String hash, List<String> commands) {
    public Drops {
      commands = List.copyOf(commands);
    }
  }
}
