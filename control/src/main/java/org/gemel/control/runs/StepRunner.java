package org.gemel.control.runs;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.gemel.control.api.StepState;
import org.gemel.control.runs.RunEngine.Patience;
import org.gemel.control.site.Reality;
import org.gemel.control.site.Site;
import org.gemel.core.Finding;

/**
 * Does one step: check, journal its beginning, perform, journal that, prove, journal the end.
 *
 * <p>One step acts at a time, whichever run it is of; only the restart of a device goes past the
 * others, for that is what one needs while something hangs.
 */
final class StepRunner {
  private final RunJournal journal;
  private final Site site;
  private final OrderDesk desk;
  private final Patience patience;
  private final Function<StepSpec, Step> catalogue;
  private final Runnable changed;
  private final Semaphore acting = new Semaphore(1, true);
  private final Map<String, String> sayings = new ConcurrentHashMap<>();

  StepRunner(
      RunJournal journal,
      Site site,
      OrderDesk desk,
      Patience patience,
      Function<StepSpec, Step> catalogue,
      Runnable changed) {
    this.journal = journal;
    this.site = site;
    this.desk = desk;
    this.patience = patience;
    this.catalogue = catalogue;
    this.changed = changed;
  }

  Optional<String> saying(String run) {
    return Optional.ofNullable(sayings.get(run));
  }

  /** Checks a step and journals that it begins, or that it is blocked. */
  void begin(RunDocument run, StepDocument document, String who) throws InterruptedException {
    Step step = catalogue.apply(document.spec());
    Optional<String> blocked = blocked(run.id(), step);
    sayings.remove(run.id());
    if (blocked.isPresent()) {
      end(run.id(), document.key(), StepState.FAILED, "Not begun. " + blocked.get(), who);
      return;
    }
    long roleEpoch = journal.newRoleEpoch();
    Instant now = site.now();
    journal.change(run.id(), r -> r.with(r.step(document.key()).begun(roleEpoch, who, now)));
  }

  /** Performs, or performs again what a crash interrupted, and proves it. */
  void finish(RunDocument run, StepDocument document) throws InterruptedException {
    Step step = catalogue.apply(document.spec());
    boolean alone = !document.spec().type().equals("reboot-device");
    if (alone && !acting.tryAcquire()) {
      says(run.id(), "waits for the step of another run to end");
      acting.acquire();
    }
    try {
      JournalledWork work =
          new JournalledWork(
              site, desk, journal, run.id(), document, patience, words -> says(run.id(), words));
      if (document.state() == StepState.BEGUN) {
        try {
          String words = step.perform(work);
          journal.change(run.id(), r -> r.with(r.step(document.key()).performed(words)));
        } catch (StepFailure | IllegalStateException e) {
          work.forget();
          end(
              run.id(),
              document.key(),
              StepState.FAILED,
              String.valueOf(e.getMessage()),
              document.by());
          return;
        }
      }
      prove(run.id(), document.key(), step);
      work.forget();
    } finally {
      sayings.remove(run.id());
      if (alone) {
        acting.release();
      }
    }
  }

  private void prove(String run, String key, Step step) throws InterruptedException {
    Instant patientUntil = site.now().plus(patience.beforeUnproven());
    StepDocument performed = journal.read(run).orElseThrow().step(key);
    while (true) {
      Proof proof = look(reality -> step.verify(reality));
      switch (proof) {
        case Proof.Proven proven -> {
          String words = (performed.words() + " " + proven.words()).strip();
          end(run, key, StepState.DONE, words, performed.by());
          return;
        }
        case Proof.Missing missing -> {
          says(run, "reads reality again: " + missing.words());
          if (!site.now().isBefore(patientUntil)) {
            end(
                run,
                key,
                StepState.FAILED,
                "It was performed ("
                    + performed.words()
                    + ") but could not be proven: "
                    + missing.words()
                    + " Look at the devices named, then retry.",
                performed.by());
            return;
          }
        }
      }
    }
  }

  /** Empty if it may begin; otherwise why not, after waiting a while for that to pass. */
  private Optional<String> blocked(String run, Step step) throws InterruptedException {
    Instant patientUntil = site.now().plus(patience.beforeBlocked());
    while (true) {
      List<Finding> blockers =
          look(reality -> step.check(reality).stream().filter(Finding::blocks).toList());
      if (blockers.isEmpty()) {
        return Optional.empty();
      }
      String words = String.join(" ", blockers.stream().map(Finding::words).toList());
      if (!site.now().isBefore(patientUntil)) {
        return Optional.of(words);
      }
      says(run, "cannot begin yet: " + words);
    }
  }

  /**
   * Asks every device anew and gives the answers a moment to come in: returns early on a proof or a
   * clean check, which can only come from fresh answers.
   */
  private <T> T look(Function<Reality, T> question) throws InterruptedException {
    Reality reality = new Reality(site, site.look());
    Instant until = site.now().plus(patience.betweenLooks());
    Duration slice = patience.betweenLooks().dividedBy(20);
    while (true) {
      T answer = question.apply(reality);
      boolean good =
          answer instanceof Proof.Proven || (answer instanceof List<?> list && list.isEmpty());
      if (good || !site.now().isBefore(until)) {
        return answer;
      }
      patience.pause().pause(slice);
    }
  }

  private void end(String run, String key, StepState state, String words, String who) {
    Instant now = site.now();
    journal.change(run, r -> r.with(r.step(key).ended(state, words, who, now)));
  }

  private void says(String run, String words) {
    if (!words.equals(sayings.put(run, words))) {
      changed.run();
    }
  }
}
