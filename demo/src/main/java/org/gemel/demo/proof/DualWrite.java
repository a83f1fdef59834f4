package org.gemel.demo.proof;

import java.util.ArrayList;
import java.util.List;
import org.gemel.core.Side;

/**
 * Proof that both sides accepted writes at once: a write on the other side lies wholly between two
 * on one side, and no refusal was seen on that side between its two. A switch there and back also
 * gives X, Y, X, but with refusals on X while Y accepts.
 */
public record DualWrite(ProbeAttempt before, ProbeAttempt between, ProbeAttempt after) {
  /**
   * All such writes, at most one for each accepted write in between; each side's attempts in their
   * order.
   */
  public static List<DualWrite> find(List<ProbeAttempt> attempts) {
    List<DualWrite> found = new ArrayList<>();
    for (Side side : Side.values()) {
      for (List<ProbeAttempt> run : openRuns(attempts, side)) {
        for (ProbeAttempt other : attempts) {
          if (other.side() != side && other.answer() == ProbeAttempt.Answer.ACCEPTED) {
            enclosing(run, other, found);
          }
        }
      }
    }
    return found;
  }

  private static void enclosing(List<ProbeAttempt> run, ProbeAttempt other, List<DualWrite> found) {
    ProbeAttempt first = run.getFirst();
    ProbeAttempt last = run.getLast();
    if (first.endNanos() > other.beginNanos() || last.beginNanos() < other.endNanos()) {
      return;
    }
    ProbeAttempt before = first;
    for (ProbeAttempt accepted : run) {
      if (accepted.endNanos() <= other.beginNanos()) {
        before = accepted;
      } else if (accepted.beginNanos() >= other.endNanos()) {
        found.add(new DualWrite(before, other, accepted));
        return;
      }
    }
  }

  /** The stretches in which a side accepted and never refused. */
  private static List<List<ProbeAttempt>> openRuns(List<ProbeAttempt> attempts, Side side) {
    List<List<ProbeAttempt>> runs = new ArrayList<>();
    List<ProbeAttempt> run = new ArrayList<>();
    for (ProbeAttempt attempt : attempts) {
      if (attempt.side() != side) {
        continue;
      }
      switch (attempt.answer()) {
        case ACCEPTED -> run.add(attempt);
        case REFUSED -> {
          if (!run.isEmpty()) {
            runs.add(run);
            run = new ArrayList<>();
          }
        }
        case UNKNOWN -> {
          // Neither open nor shut: the stretch goes on, so that a broken connection hides no dual
          // write.
        }
      }
    }
    if (!run.isEmpty()) {
      runs.add(run);
    }
    return runs;
  }

  @Override
  public String toString() {
    return "%s accepted a write at %s, %s one at %s, and %s another at %s, with no refusal in between"
        .formatted(
            before.side(), before.at(), between.side(), between.at(), after.side(), after.at());
  }
}
