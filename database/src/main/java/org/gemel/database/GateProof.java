package org.gemel.database;

/** What a client met that tried to work with this database. */
public sealed interface GateProof {
  /** It was let in, with a transaction that may write. */
  record Accepted() implements GateProof {}

  /**
   * It was held out.
   *
   * @param words the server's own
   */
  record Refused(String words) implements GateProof {}
}
