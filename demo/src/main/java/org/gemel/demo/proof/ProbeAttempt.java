package org.gemel.demo.proof;

import java.time.Instant;
import org.gemel.core.Side;

/**
 * One try to write.
 *
 * @param beginNanos of the clock that only runs forward; a write that was accepted was so between
 *     both
 * @param at for people
 * @param reason why not accepted, else empty
 */
public record ProbeAttempt(
    Side side,
    long number,
    Answer answer,
    long beginNanos,
    long endNanos,
    Instant at,
    String reason) {
  /** What the database answered. */
  public enum Answer {
    ACCEPTED,
    REFUSED,
    /**
     * The connection broke during the write. It says nothing about whether the database was open.
     */
    UNKNOWN
  }
}
