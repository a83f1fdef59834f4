package org.gemel.control.runs;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.gemel.control.api.StepState;
import org.gemel.control.runs.RunEngine.Patience;
import org.gemel.control.site.Reality;
import org.gemel.control.site.Site;
import org.gemel.core.Finding;
import org.gemel.ledger.LedgerFailure;

/**
 * Does one step: check, journal its beginning, perform, journal that, prove, journal the end.
 *
 * <p>One step acts at a time, whichever run it is of. Past the others go what one needs while
 * something hangs or takes long (the restart of a device, pauses of the folder mirror), and what
 * only reads for hours.
 */
final class StepRunner {
  private static final Set<String> GO_PAST_OTHERS =
      Set.of(
          "reboot-device",
          "pause-folders",
          "resume-folders",
          "verify-folders",
          "compare-databases");

  private static final int LOOKS_AT_AN_ANSWER = 200;
  private static final long NO_ROLE_EPOCH = 0;

  private final RunJournal journal;
  private final Site site;
  private final OrderDesk desk;
  private final Patience patience;
  private final Function<StepSpec, Step> catalogue;
  private final Runnable changed;
  private final Looks looks;
  private final Semaphore acting = new Semaphore(1, true);
  private final AtomicReference<String> reserved = new AtomicReference<>("");
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
    this.looks = new Looks(site, patience.betweenLooks());
  }

  Optional<String> saying(String run) {
    return Optional.ofNullable(sayings.get(run));
  }

  /** Whether a step waits for others and they for it. */
  static boolean takesTurns(StepDocument step) {
    return !GO_PAST_OTHERS.contains(step.spec().type());
  }

  /** Keeps the turn for a step that a crash interrupted, before any other may begin. */
  void reserve(String run) {
    if (acting.tryAcquire()) {
      reserved.set(run);
    }
  }

  /**
   * Has a step's turn: checks it, begins it, performs it, proves it; or goes on with it where a
   * crash left it. The check lies inside the turn: what it saw must still hold when the step acts.
   *
   * @param seen the state in which it was found; if a person was faster, nothing is done
   */
  void turn(String run, String key, StepState seen, String who) throws InterruptedException {
    boolean alone = takesTurns(document(run, key));
    boolean mine = alone && run.equals(reserved.getAndUpdate(r -> run.equals(r) ? "" : r));
    if (alone && !mine && !acting.tryAcquire()) {
      says(run, "waits for the step of another run to end");
      acting.acquire();
    }
    try {
      StepDocument document = document(run, key);
      if (document.state() == seen && !journal.read(run).orElseThrow().state().ended()) {
        if (!underWay(document.state())) {
          document = begin(run, document, who);
        }
        if (underWay(document.state())) {
          finish(run, document);
        }
      }
    } finally {
      sayings.remove(run);
      if (alone) {
        acting.release();
      }
    }
  }

  private StepDocument begin(String run, StepDocument document, String who)
      throws InterruptedException {
    Step step = catalogue.apply(document.spec());
    String key = document.key();
    Optional<String> idle = step.nothingToDo(site);
    if (idle.isPresent()) {
      return journal
          .change(run, r -> unlessMeanwhile(r, document, d -> d.idle(idle.get(), who, site.now())))
          .step(key);
    }
    Optional<String> blocked = blocked(run, step);
    Instant now = site.now();
    long roleEpoch =
        blocked.isEmpty() && step.takesRoleEpoch() ? journal.newRoleEpoch() : NO_ROLE_EPOCH;
    return journal
        .change(
            run,
            r ->
                unlessMeanwhile(
                    r,
                    document,
                    there ->
                        blocked
                            .map(w -> there.ended(StepState.FAILED, "Not begun. " + w, who, now))
                            .orElseGet(() -> there.begun(roleEpoch, who, now))))
        .step(key);
  }

  /** Changed, unless a person left the step out, ticked it or cleared the run meanwhile. */
  private static RunDocument unlessMeanwhile(
      RunDocument run, StepDocument seen, UnaryOperator<StepDocument> change) {
    StepDocument there = run.step(seen.key());
    return run.state().ended() || there.state() != seen.state()
        ? run
        : run.with(change.apply(there));
  }

  private void finish(String run, StepDocument document) throws InterruptedException {
    Step step = catalogue.apply(document.spec());
    JournalledWork work =
        new JournalledWork(
            site,
            desk,
            journal,
            run,
            document,
            patience,
            looks::ordered,
            words -> says(run, words));
    StepDocument performed = document;
    if (document.state() == StepState.BEGUN) {
      try {
        performed = document.performed(step.perform(work));
      } catch (LedgerFailure e) {
        throw e; // nothing can be journalled: it is gone on with when it can
      } catch (StepFailure | RuntimeException e) {
        end(run, document.key(), StepState.FAILED, words(e), document.by());
        work.forget();
        return;
      }
    }
    prove(run, document.state(), performed, step);
    work.forget();
  }

  /** A fault of ours has no words of its own. */
  private static String words(Exception e) {
    return e instanceof StepFailure || e instanceof IllegalStateException
        ? String.valueOf(e.getMessage())
        : "Found the fault " + e + ", wanted none: see the control point's log, then retry.";
  }

  private StepDocument document(String run, String key) {
    return journal.read(run).orElseThrow().step(key);
  }

  private static boolean underWay(StepState state) {
    return state == StepState.BEGUN || state == StepState.PERFORMED;
  }

  /**
   * That it was performed is journalled only where its proof is not seen at once, for people to
   * read while they wait: a crash before that performs it again, which gives the same orders.
   *
   * @param journalled as what it stands in the journal
   */
  private void prove(String run, StepState journalled, StepDocument performed, Step step)
      throws InterruptedException {
    Instant patientUntil = site.now().plus(patience.beforeUnproven());
    String key = performed.key();
    boolean told = journalled == StepState.PERFORMED;
    Reality seen = looks.anew();
    while (true) {
      Proof proof = look(seen, reality -> step.verify(reality));
      switch (proof) {
        case Proof.Proven proven -> {
          String words = (performed.words() + " " + proven.words()).strip();
          end(run, key, StepState.DONE, words, performed.by());
          return;
        }
        case Proof.Missing missing -> {
          if (!told) {
            journal.change(run, r -> r.with(r.step(key).performed(performed.words())));
            told = true;
          }
          says(run, "reads reality again: " + missing.words());
          seen = looks.askedAnew();
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
    Reality seen = looks.sinceLastOrder();
    while (true) {
      List<Finding> blockers =
          look(seen, reality -> step.check(reality).stream().filter(Finding::blocks).toList());
      if (blockers.isEmpty()) {
        return Optional.empty();
      }
      String words = String.join(" ", blockers.stream().map(Finding::words).toList());
      if (!site.now().isBefore(patientUntil)) {
        return Optional.of(words);
      }
      says(run, "cannot begin yet: " + words);
      seen = looks.askedAnew();
    }
  }

  /**
   * Gives the answers to a look a moment to come in: returns early on a proof or a clean check,
   * which can only come from such answers.
   */
  private <T> T look(Reality reality, Function<Reality, T> question) throws InterruptedException {
    Instant until = site.now().plus(patience.betweenLooks());
    Duration slice = patience.betweenLooks().dividedBy(LOOKS_AT_AN_ANSWER);
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
