package org.gemel.control.runs;

import java.time.Duration;
import java.time.Instant;
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
    this.runner = new StepRunner(journal, site, desk, patience, catalogue, changed);
  }

  /** Goes on with every run that had not ended when the last control point did. */
  public void start() {
    for (RunDocument run : journal.newest(RUNS_LOOKED_AT)) {
      if (!run.state().ended()) {
        carryOn(run.id());
      }
    }
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
        LOG.error(
            "run {} cannot be carried on; it is tried again at the next start or command", run, e);
      }
      carried.remove(run);
      changed.run();
      again = askedAgain.contains(run) && carried.add(run);
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
      runner.finish(run, underWay.get());
      afterStep(run.id(), underWay.get().key());
      return true;
    }
    String asked = toDo.remove(id);
    if (asked != null) {
      StepDocument step = run.step(asked.substring(0, asked.indexOf(' ')));
      running(id, step);
      runner.begin(run, step, asked.substring(asked.indexOf(' ') + 1));
      return true;
    }
    Optional<StepDocument> next = run.next();
    if (next.isEmpty()) {
      journal.change(id, r -> r.with(RunState.FINISHED, "Every step is settled.", site.now()));
      return false;
    }
    return advance(run, next.get());
  }

  private boolean advance(RunDocument run, StepDocument next) throws InterruptedException {
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
        runner.begin(run, next, run.startedBy());
      }
    }
    return true;
  }

  private void running(String run, StepDocument step) {
    journal.change(
        run,
        r ->
            r.with(
                RunState.RUNNING, "Step " + step.key() + ": " + step.sentence() + ".", site.now()));
  }

  private boolean rest(RunDocument run, RunState state, String words) {
    journal.change(run.id(), r -> r.with(state, words, site.now()));
    return false;
  }

  private void tick(RunDocument run, StepDocument step, String words) {
    journal.change(
        run.id(),
        r -> r.with(r.step(step.key()).ended(StepState.DONE, words, run.startedBy(), site.now())));
  }

  /**
   * A finished operation ticks the matching step of the current run, or marks the one it took back.
   */
  private void afterStep(String id, String key) {
    RunDocument run = journal.read(id).orElseThrow();
    StepDocument step = run.step(key);
    if (!run.operation() || step.state() != StepState.DONE) {
      return;
    }
    Instant now = site.now();
    String undoes = run.workflow().startsWith("undo:") ? run.workflow().substring(5) : "";
    if (!undoes.isEmpty()) {
      String undoneRun = undoes.substring(0, undoes.indexOf('/'));
      String undoneStep = undoes.substring(undoes.indexOf('/') + 1);
      journal.change(
          undoneRun,
          r ->
              r.with(
                  r.step(undoneStep)
                      .ended(StepState.UNDONE, "Taken back: " + step.words(), step.by(), now)));
      carryOn(undoneRun);
      return;
    }
    journal
        .current()
        .flatMap(
            current ->
                current.steps().stream()
                    .filter(s -> !s.state().settled() && s.spec().sameAct(step.spec()))
                    .findFirst()
                    .map(s -> Map.entry(current.id(), s.key())))
        .ifPresent(
            match -> {
              journal.change(
                  match.getKey(),
                  r ->
                      r.with(
                          r.step(match.getValue())
                              .ended(
                                  StepState.DONE,
                                  step.words() + " (by operation " + id + ")",
                                  step.by(),
                                  now)));
              carryOn(match.getKey());
            });
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
