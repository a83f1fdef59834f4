package org.gemel.control.runs;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.gemel.control.api.StepKind;
import org.gemel.control.api.StepState;
import org.gemel.control.site.Site;

/**
 * What a finished operation means for the current run: it ticks the step that wanted just this,
 * marks the one it took back, and voids what is no longer so.
 *
 * <p>The last matters most. Once a database was opened again, its last transaction is no longer its
 * last: the steps that held it, caught up and set it backup must be done anew, and so must every
 * look and confirmation of a person after them. Doing all this again, after a crash in the middle,
 * changes nothing more.
 */
final class OperationEffects {
  private static final String UNDO = "undo:";
  private static final Set<String> CHANGES_ROLES =
      Set.of("set-database-main", "set-database-backup");

  private final RunJournal journal;
  private final Function<StepSpec, Step> catalogue;
  private final Site site;

  OperationEffects(RunJournal journal, Function<StepSpec, Step> catalogue, Site site) {
    this.journal = journal;
    this.catalogue = catalogue;
    this.site = site;
  }

  /** The name of the operation that takes a step back. */
  static String undoing(String run, String step) {
    return UNDO + run + "/" + step;
  }

  /** Works the effects of a finished operation; returns the runs that were changed. */
  Set<String> of(RunDocument operation) {
    Set<String> changed = new LinkedHashSet<>();
    StepDocument step = operation.steps().getLast();
    if (step.state() != StepState.DONE) {
      return changed;
    }
    boolean undo = operation.workflow().startsWith(UNDO);
    if (undo) {
      String undone = operation.workflow().substring(UNDO.length());
      String run = undone.substring(0, undone.indexOf('/'));
      takenBack(run, undone.substring(undone.indexOf('/') + 1), step);
      changed.add(run);
    }
    Optional<RunDocument> current = journal.current();
    if (current.isPresent()) {
      String run = current.get().id();
      if (CHANGES_ROLES.contains(step.spec().type())) {
        voided(run, step);
      }
      if (!undo) {
        ticked(run, operation.id(), step);
      }
      changed.add(run);
    }
    return changed;
  }

  private void takenBack(String run, String key, StepDocument by) {
    Instant now = site.now();
    journal.change(
        run,
        r ->
            r.step(key).state() == StepState.DONE
                ? r.with(
                    r.step(key).ended(StepState.UNDONE, "Taken back: " + by.words(), by.by(), now))
                : r);
  }

  /** Every done step that this act takes back, and what people said after the first of them. */
  private void voided(String run, StepDocument by) {
    Instant now = site.now();
    journal.change(
        run,
        r -> {
          RunDocument changed = r;
          boolean any = false;
          for (StepDocument step : r.steps()) {
            if (isTakenBackBy(step, by.spec())) {
              any = true;
              changed =
                  changed.with(
                      step.ended(StepState.UNDONE, "No longer so: " + by.words(), by.by(), now));
            } else if (any && step.kind() != StepKind.SYSTEM && step.state() == StepState.DONE) {
              changed =
                  changed.with(
                      StepDocument.pending(step.key(), step.spec(), step.sentence(), step.kind()));
            }
          }
          return changed;
        });
  }

  private boolean isTakenBackBy(StepDocument step, StepSpec act) {
    return step.state() == StepState.DONE
        && step.kind() == StepKind.SYSTEM
        && catalogue.apply(step.spec()).inverse().filter(i -> i.sameAct(act)).isPresent();
  }

  private boolean isDoneBy(StepSpec step, StepSpec act) {
    return step.sameAct(act)
        || catalogue.apply(step).alsoDoneBy().stream().anyMatch(other -> other.sameAct(act));
  }

  private void ticked(String run, String operation, StepDocument by) {
    Instant now = site.now();
    journal.change(
        run,
        r ->
            r.steps().stream()
                .filter(s -> !s.state().settled() && isDoneBy(s.spec(), by.spec()))
                .filter(s -> r.underWay().filter(u -> u.key().equals(s.key())).isEmpty())
                .findFirst()
                .map(
                    s ->
                        r.with(
                            s.ended(
                                StepState.DONE,
                                by.words() + " (by operation " + operation + ")",
                                by.by(),
                                now)))
                .orElse(r));
  }
}
