package org.gemel.mirror.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.gemel.mirror.MirrorReport;
import org.gemel.mirror.MirrorReport.Outcome;
import org.gemel.mirror.Refusal;
import org.gemel.mirror.system.Answer;
import org.gemel.mirror.system.InterposedKernel;
import org.gemel.mirror.system.KernelCall;

/** A pass some of whose calls fail, and what must hold after it. */
final class FaultyPass {
  private final TwoStates states;

  FaultyPass(TwoStates states) {
    this.states = states;
  }

  /** How many calls a pass makes when nothing fails: the most of both ways. */
  long calls() {
    long most = 0;
    for (int way = 0; way < 2; way++) {
      try (InterposedKernel kernel = InterposedKernel.install(_ -> Answer.TRUTH)) {
        states.mirror();
        states.next();
        most = Math.max(most, kernel.calls());
      }
    }
    return most;
  }

  MirrorReport run(Function<KernelCall, Answer> script) {
    try (InterposedKernel _ = InterposedKernel.install(script)) {
      return states.mirror();
    }
  }

  /** Runs one, judges what it did and said, and lets the next pass complete it. */
  MirrorReport runAndJudge(String when, Function<KernelCall, Answer> script) throws Exception {
    MirrorReport report = run(script);
    String what = when + ": " + report;
    Snapshot left = Snapshot.of(states.target());
    assertThat(new Wholeness(states.before(), states.wanted()).violations(left)).as(what).isEmpty();
    Collection<Path> missing = states.missing().keySet();
    switch (report.outcome()) {
      case COMPLETE -> assertThat(missing).as(what).isEmpty();
      case REFUSED -> assertThat(report.refusal().map(Refusal::reason).orElse("")).isNotBlank();
      case INCOMPLETE -> {
        assertThat(report.failures()).as(what).isNotEmpty();
        assertThat(missing)
            .as(what)
            .allMatch(path -> mayWait(path) || isExplained(path, report, left));
      }
      case STOPPED -> throw new AssertionError(what);
    }
    completeWithout(when);
    return report;
  }

  private void completeWithout(String when) throws Exception {
    MirrorReport next = states.mirror();
    assertThat(next.outcome()).as("after %s: %s", when, next).isEqualTo(Outcome.COMPLETE);
    assertThat(states.missing()).as("after " + when).isEmpty();
    assertThat(Snapshot.of(states.target()).temporaries()).as("after " + when).isEmpty();
    states.next();
  }

  /** What is to go, or to make way, may stay until all of the source could be read. */
  private boolean mayWait(Path path) {
    Seen wanted = states.wanted().entries().get(path);
    Seen before = states.before().entries().get(path);
    return wanted == null || (before != null && before.isFolder() && !wanted.isFolder());
  }

  /** Whether a failure was told that keeps this path from being as it should. */
  private boolean isExplained(Path path, MirrorReport report, Snapshot left) {
    List<Path> failed =
        report.failures().stream()
            .map(each -> states.target().relativize(RawName.below(states.target(), each.path())))
            .toList();
    return failed.stream()
        .anyMatch(
            each ->
                each.equals(Snapshot.ROOT)
                    || path.startsWith(each)
                    // A folder's time moves with what fails in it.
                    || each.startsWith(path)
                    || path.equals(Snapshot.ROOT)
                    || isOneFile(path, each, left)
                    || isOneFile(path, each, states.wanted()));
  }

  private static boolean isOneFile(Path one, Path other, Snapshot snapshot) {
    Path first = snapshot.linked().get(one);
    return first != null && Objects.equals(first, snapshot.linked().get(other));
  }
}
