package org.gemel.agent.journal;

import org.gemel.wire.protocol.Outcome;

/** What the journal knows of a command that came in, and so what is to be done with it. */
public sealed interface Begun {
  /** Not known before; it is now on disk. Act. */
  record Fresh() implements Begun {}

  /**
   * Begun before and not finished: under way now, or interrupted by a crash at an unknown point.
   * Whoever acts looks first at what is already true.
   */
  record Again() implements Begun {}

  /** Done before. Do not act; this is its outcome, as it was. */
  record Finished(Outcome outcome) implements Begun {}

  /** Not to be done. Nothing was journalled; this is the answer. */
  record Refused(Outcome outcome) implements Begun {}
}
