package org.gemel.control.runs;

/** What reading reality again says of a step. */
public sealed interface Proof {
  /** It is as the step wanted it. */
  record Proven(String words) implements Proof {}

  /** It is not, or not yet, or cannot be seen; the words say what is missing. */
  record Missing(String words) implements Proof {}

  static Proof proven(String words) {
    return new Proven(words);
  }

  static Proof missing(String words) {
    return new Missing(words);
  }

  /** Proven if it holds, with one or the other sentence. */
  static Proof of(boolean holds, String provenWords, String missingWords) {
    return holds ? proven(provenWords) : missing(missingWords);
  }
}
