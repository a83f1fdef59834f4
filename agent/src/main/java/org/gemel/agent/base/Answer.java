package org.gemel.agent.base;

/**
 * What became of a wish, for the person who had it.
 *
 * @param done true if what was wished for is now true, whether it was made so or was so already
 * @param words one sentence: what is now true, or what was found, what was wanted and what to do
 */
public record Answer(boolean done, String words) {
  public static Answer done(String words) {
    return new Answer(true, words);
  }

  public static Answer refused(String words) {
    return new Answer(false, words);
  }
}
