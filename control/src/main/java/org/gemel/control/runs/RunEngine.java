package org.gemel.control.runs;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.gemel.control.api.RunState;
import org.gemel.control.api.StepState;
import org.gemel.control.site.Site;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries runs on.
 *
 * <p>Each run is carried by at most one thread, which reads the journal, does the one thing that
 * comes next, journals it, and reads the journal again. So there is no difference between going on
 * and starting again after a crash: {@link #start} just looks at every run that has not ended.
 */
public final class RunEngine implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunEngine.class);
  private static final int RUNS_LOOKED_AT = 200;

  private final RunJournal journal;
  private final Site site;
  private final StepRunner runner;
  private final OperationEffects effects;
  private final Patience patience;
  private final Function<StepSpec, Step> catalogue;
  private final Runnable changed;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Set<String> carried = ConcurrentHashMap.newKeySet();
  private final Set<String> askedAgain = ConcurrentHashMap.newKeySet();
  private final Map<String, String> toDo = new ConcurrentHashMap<>();

  /**
   * @param changed runs soon after anything about a run has changed
   */
  public RunEngine(
      RunJournal journal,
      Site site,
      OrderDesk desk,
      Patience patience,
      Function<StepSpec, Step> catalogue,
      Runnable changed) {
    this.journal = journal;
    this.site = site;
    this.catalogue = catalogue;
    this.changed = changed;
    this.patience = patience;
    this.effects = new OperationEffects(journal, catalogue, site);
    this.runner = new StepRunner(journal, site, desk, patience, catalogue, changed);
  }

  /**
   * Goes on with every run that had not ended when the last control point did: with the one whose
   * step was acting first, for what another step would see is not settled before.
   */
  public void start() {
    String current = journal.current().map(RunDocument::id).orElse("");
    List<RunDocument> left = new ArrayList<>();
    for (RunDocument run : journal.newest(RUNS_LOOKED_AT)) {
      if (run.state().ended()) {
        continue;
      }
      if (!run.operation() && !run.id().equals(current)) {
        // Its start was cut off before it became the current run: nobody was told of it.
        journal.change(
            run.id(),
            r -> r.with(RunState.RESET, "Its start was cut off; nothing was done.", site.now()));
        continue;
      }
      left.addFirst(run);
    }
    left.stream()
        .filter(r -> r.underWay().filter(StepRunner::takesTurns).isPresent())
        .findFirst()
        .ifPresent(r -> runner.reserve(r.id()));
    left.forEach(r -> carryOn(r.id()));
  }

  /**
   * Sees to it that a thread looks at this run, now or again as soon as the present one is through.
   */
  void carryOn(String run) {
    askedAgain.add(run);
    if (carried.add(run)) {
      threads.execute(() -> carry(run));
    }
  }

  /** Has one step done that is not the next one, or in guide mode. */
  void doStep(String run, String key, String who) {
    toDo.put(run, key + " " + who);
    carryOn(run);
  }

  /** What the step under way says of itself; empty where none is. */
  public Optional<String> saying(String run) {
    return runner.saying(run);
  }

  private void carry(String run) {
    boolean again = true;
    while (again) {
      askedAgain.remove(run);
      try {
        boolean more = true;
        while (more) {
          more = oneThing(run);
          changed.run();
        }
      } catch (InterruptedException e) {
        return; // The process ends; the journal says where to go on.
      } catch (RuntimeException e) {
        // The ledger does not answer, or worse: never give a run up in silence.
        LOG.error("run {} cannot be carried on now and is tried again in a moment", run, e);
        if (!pauseBeforeTryingAgain()) {
          return;
        }
        askedAgain.add(run);
      }
      carried.remove(run);
      changed.run();
      again = askedAgain.contains(run) && carried.add(run);
    }
  }

  private boolean pauseBeforeTryingAgain() {
    try {
      patience.pause().pause(patience.betweenLooks().multipliedBy(2));
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }

  /** Does what comes next; false when nothing does until somebody asks again. */
  private boolean oneThing(String id) throws InterruptedException {
    RunDocument run = journal.read(id).orElseThrow();
    if (run.state().ended()) {
      return false;
    }
    Optional<StepDocument> underWay = run.underWay();
    if (underWay.isPresent()) {
      StepDocument step = underWay.get();
      runner.turn(id, step.key(), step.state(), step.by());
      return true;
    }
    String asked = toDo.remove(id);
    if (asked != null) {
      StepDocument step = run.step(asked.substring(0, asked.indexOf(' ')));
      if (!step.state().settled()) {
        running(id, step);
        runner.turn(id, step.key(), step.state(), asked.substring(asked.indexOf(' ') + 1));
      }
      return true;
    }
    Optional<StepDocument> next = run.next();
    if (next.isEmpty()) {
      if (run.operation()) {
        effects.of(run).forEach(this::carryOn);
      }
      journal.change(id, r -> unlessCleared(r, RunState.FINISHED, "Every step is settled."));
      return false;
    }
    return advance(run, next.get());
  }

  private boolean advance(RunDocument run, StepDocument next) throws InterruptedException {
    if (next.state() == StepState.UNDONE) {
      return rest(
          run,
          RunState.WAITING,
          "Step " + next.key() + " was taken back. Take back the one before it, or resume.");
    }
    if (next.state() == StepState.FAILED) {
      return rest(run, RunState.FAILED, "Step " + next.key() + " failed: " + next.words());
    }
    if (!run.automatic()) {
      return rest(run, RunState.WAITING, "Waits for you to do step " + next.key() + ".");
    }
    switch (next.kind()) {
      case MANUAL -> {
        if (!run.tickManual()) {
          return rest(
              run,
              RunState.WAITING,
              "Waits for a person to do and tick step "
                  + next.key()
                  + ": "
                  + next.sentence()
                  + ".");
        }
        tick(run, next, "ticked by the script that started the run");
      }
      case CONFIRMATION -> {
        String overwritten = next.spec().arguments().get("overwritten");
        if (run.confirm() == null || !run.confirm().name().equals(overwritten)) {
          return rest(
              run,
              RunState.WAITING,
              "Waits at the point of no return for somebody to confirm that "
                  + overwritten
                  + " may be overwritten.");
        }
        tick(run, next, "confirmed beforehand that " + overwritten + " may be overwritten");
      }
      case SYSTEM -> {
        running(run.id(), next);
        runner.turn(run.id(), next.key(), next.state(), run.startedBy());
      }
    }
    return true;
  }

  private void running(String run, StepDocument step) {
    journal.change(
        run,
        r ->
            unlessCleared(
                r, RunState.RUNNING, "Step " + step.key() + ": " + step.sentence() + "."));
  }

  private boolean rest(RunDocument run, RunState state, String words) {
    journal.change(run.id(), r -> unlessCleared(r, state, words));
    return false;
  }

  /** A run that a person has cleared meanwhile stays cleared. */
  private RunDocument unlessCleared(RunDocument run, RunState state, String words) {
    return run.state().ended() ? run : run.with(state, words, site.now());
  }

  private void tick(RunDocument run, StepDocument step, String words) {
    Instant now = site.now();
    journal.change(
        run.id(),
        r ->
            r.state().ended() || r.step(step.key()).state() != step.state()
                ? r
                : r.with(r.step(step.key()).ended(StepState.DONE, words, run.startedBy(), now)));
  }

  Step step(StepSpec spec) {
    return catalogue.apply(spec);
  }

  /** Makes the steps of a run from data. */
  List<StepDocument> documents(List<StepSpec> specs) {
    return IntStream.range(0, specs.size())
        .mapToObj(
            i -> {
              Step step = catalogue.apply(specs.get(i));
              String key = "%02d-%s".formatted(i + 1, specs.get(i).type());
              return StepDocument.pending(key, specs.get(i), step.sentence(), step.kind());
            })
        .toList();
  }

  @Override
  public void close() {
    threads.shutdownNow();
    try {
      if (!threads.awaitTermination(10, TimeUnit.SECONDS)) {
        LOG.warn("a run did not let go within 10 s; its journal says where to go on");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** How long things are waited for, and how the time between two looks is spent. */
  public record Patience(
      Duration beforeBlocked, Duration beforeUnproven, Duration betweenLooks, Pause pause) {
    /** Waits; tests step the clock instead. */
    public interface Pause {
      void pause(Duration duration) throws InterruptedException;
    }
  }
}
