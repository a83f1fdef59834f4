package org.gemel.control.runs;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.gemel.control.site.Reality;
import org.gemel.control.site.Site;
import org.gemel.wire.protocol.Command;
import org.gemel.wire.protocol.Outcome;

/**
 * What one attempt of a step acts with. The id of each command is made of run, step, attempt,
 * device, action and a count, so that the same attempt after a crash gives the same ids, and an
 * agent that has done a command already answers without doing it twice.
 */
final class JournalledWork implements StepWork {
  private static final int LOOKS_AT_AN_ANSWER = 200;

  private final Site site;
  private final OrderDesk desk;
  private final RunJournal journal;
  private final String run;
  private final StepDocument step;
  private final RunEngine.Patience patience;
  private final Runnable ordering;
  private final Consumer<String> says;
  private final Map<String, Integer> counts = new LinkedHashMap<>();
  private final Map<String, String> given = new LinkedHashMap<>();

  JournalledWork(
      Site site,
      OrderDesk desk,
      RunJournal journal,
      String run,
      StepDocument step,
      RunEngine.Patience patience,
      Runnable ordering,
      Consumer<String> says) {
    this.ordering = ordering;
    this.site = site;
    this.desk = desk;
    this.journal = journal;
    this.run = run;
    this.step = step;
    this.patience = patience;
    this.says = says;
  }

  @Override
  public Site site() {
    return site;
  }

  @Override
  public Reality reality(List<String> devices) throws StepFailure, InterruptedException {
    Instant until = site.now().plus(patience.beforeUnproven());
    while (true) {
      Reality reality = new Reality(site, site.look());
      Instant nextLook = site.now().plus(patience.betweenLooks());
      List<String> silent = silent(reality, devices);
      while (!silent.isEmpty() && site.now().isBefore(nextLook)) {
        patience.pause().pause(patience.betweenLooks().dividedBy(LOOKS_AT_AN_ANSWER));
        silent = silent(reality, devices);
      }
      if (silent.isEmpty()) {
        return reality;
      }
      says("waits for " + String.join(", ", silent) + " to report");
      if (!site.now().isBefore(until)) {
        throw new StepFailure(
            "Found no report of "
                + String.join(", ", silent)
                + ", wanted to know what is true there: start its agent, then retry.");
      }
    }
  }

  private static List<String> silent(Reality reality, List<String> devices) {
    return devices.stream().filter(d -> reality.report(d).isEmpty()).toList();
  }

  @Override
  public long roleEpoch() {
    if (step.roleEpoch() == 0) {
      throw new IllegalStateException("step " + step.key() + " was begun without a role epoch");
    }
    return step.roleEpoch();
  }

  @Override
  public void says(String words) {
    says.accept(words);
  }

  @Override
  public List<String> once(String name, Supplier<List<String>> workOut) {
    List<String> known = remembered().get(name);
    if (known != null) {
      return known;
    }
    List<String> value = List.copyOf(workOut.get());
    journal.change(run, r -> r.with(r.step(step.key()).remembering(name, value)));
    return value;
  }

  @Override
  public List<String> recall(String name) {
    return remembered().getOrDefault(name, List.of());
  }

  private Map<String, List<String>> remembered() {
    return journal
        .read(run)
        .orElseThrow(() -> new IllegalStateException("run " + run + " is gone"))
        .step(step.key())
        .remembered();
  }

  @Override
  public Outcome order(String device, Command.Builder action, Duration within)
      throws StepFailure, InterruptedException {
    return give(device, named(device, action), within);
  }

  @Override
  public List<Outcome> orderAll(List<Order> orders, Duration within)
      throws StepFailure, InterruptedException {
    List<Outcome> done = new ArrayList<>();
    List<Future<Outcome>> outcomes = new ArrayList<>();
    List<String> failures = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Order order : orders) {
        Command command = named(order.device(), order.action());
        outcomes.add(threads.submit(() -> give(order.device(), command, within)));
      }
      for (Future<Outcome> outcome : outcomes) {
        try {
          done.add(outcome.get());
        } catch (ExecutionException e) {
          Throwable cause = e.getCause();
          if (cause instanceof Error error) {
            throw error;
          }
          failures.add(cause == null ? e.toString() : String.valueOf(cause.getMessage()));
        } catch (InterruptedException e) {
          threads.shutdownNow();
          throw e;
        }
      }
    }
    if (!failures.isEmpty()) {
      throw new StepFailure(String.join(" ", failures));
    }
    return done;
  }

  /** After the end of this attempt is journalled: the agents may forget its commands. */
  void forget() {
    given.forEach((command, device) -> desk.seen(device, command));
  }

  private Command named(String device, Command.Builder action) {
    String name =
        device + "-" + action.getActionCase().name().toLowerCase(Locale.ROOT).replace('_', '-');
    int count = counts.merge(name, 1, Integer::sum);
    String id = "%s/%s/%d/%s-%d".formatted(run, step.key(), step.attempt(), name, count);
    given.put(id, device);
    return action.clone().setId(id).build();
  }

  private Outcome give(String device, Command command, Duration within)
      throws StepFailure, InterruptedException {
    Outcome outcome;
    try {
      ordering.run();
      outcome = desk.order(device, command, within);
    } finally {
      ordering.run(); // whoever looked while it was carried out saw neither before nor after
    }
    if (!outcome.getDone()) {
      throw new StepFailure(device + ": " + outcome.getWords(), outcome.getRefused());
    }
    return outcome;
  }
}
