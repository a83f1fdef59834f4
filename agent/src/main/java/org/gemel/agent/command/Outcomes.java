package org.gemel.agent.command;

import org.gemel.agent.base.Answer;
import org.gemel.wire.protocol.Outcome;

/** Outcomes on the wire. */
public final class Outcomes {
  private Outcomes() {}

  /** What was asked for is now true. */
  public static Outcome.Builder done(String words) {
    return Outcome.newBuilder().setDone(true).setWords(words);
  }

  /** It is not, and nothing more happens by itself. */
  public static Outcome.Builder failed(String words) {
    return Outcome.newBuilder().setDone(false).setWords(words);
  }

  public static Outcome.Builder of(Answer answer) {
    return Outcome.newBuilder().setDone(answer.done()).setWords(answer.words());
  }
}
