package org.gemel.agent.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.gemel.agent.base.Answer;
import org.gemel.wire.WireSides;
import org.gemel.wire.protocol.ServiceState;

/**
 * Runs the programs of a device. What should run is on disk, and so is which process it is: the
 * programs go on when the agent ends in whatever way, and the next agent takes them up or starts
 * what is missing.
 *
 * <p>Methods that change something wait until it is true or has failed, and say which. They may be
 * called by any thread; the last wish counts, and whoever waits for an earlier one is told so.
 */
public final class ServiceSupervisor implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Map<String, ServiceRunner> runners = new LinkedHashMap<>();
  private final ServiceThread thread;
  private final Object views = new Object();

  /**
   * Takes up the services of a device.
   *
   * @param folder where it keeps what it knows; made if missing, one supervisor at a time
   * @param listener is told of every change, on the supervisor's thread; must not block
   * @throws IOException if the folder cannot be read or written
   */
  public ServiceSupervisor(
      Path folder,
      List<ServiceSettings> services,
      InstantSource clock,
      Consumer<ServiceState> listener)
      throws IOException {
    Files.createDirectories(folder);
    thread = new ServiceThread();
    try {
      for (ServiceSettings service : services) {
        add(folder, service, clock, listener);
      }
      thread.call(
          () -> {
            for (ServiceRunner runner : runners.values()) {
              runner.takeUp(thread.now());
            }
            runners.values().forEach(thread::step);
            return true;
          });
    } catch (IOException | RuntimeException e) {
      thread.close();
      throw e;
    }
  }

  private void add(
      Path folder, ServiceSettings service, InstantSource clock, Consumer<ServiceState> listener) {
    String name = service.name();
    Runnable changed =
        () -> {
          synchronized (views) {
            views.notifyAll();
          }
          tell(listener, runner(name));
        };
    ServiceRunner runner =
        new ServiceRunner(
            service,
            new ServiceFiles(folder, name),
            new ServiceProcesses(folder, service),
            clock,
            changed,
            () -> thread.wake(runner(name)));
    if (runners.put(name, runner) != null) {
      throw new IllegalArgumentException(
          "found two services named " + name + ", wanted a name for each: rename one");
    }
  }

  private static void tell(Consumer<ServiceState> listener, ServiceRunner runner) {
    try {
      listener.accept(state(runner));
    } catch (RuntimeException e) {
      // Whoever listens must not be able to stop the services; the fault is the process's to show.
      Thread current = Thread.currentThread();
      current.getUncaughtExceptionHandler().uncaughtException(current, e);
    }
  }

  /** The services as they are now, in the order they were given. */
  public List<ServiceState> states() {
    return runners.values().stream().map(ServiceSupervisor::state).toList();
  }

  /** Lets a service run from now on, over any restart. */
  public Answer start(String name) {
    return each(named(name), runner -> want(runner, true), true);
  }

  /** Ends a service with all its processes; it stays ended, over any restart. */
  public Answer stop(String name) {
    return each(named(name), runner -> want(runner, false), false);
  }

  /** As {@link #start}, for all services at once. */
  public Answer startAll() {
    return each(all(), runner -> want(runner, true), true);
  }

  /** As {@link #stop}, for all services at once. */
  public Answer stopAll() {
    return each(all(), runner -> want(runner, false), false);
  }

  /**
   * Ends all services that should run and starts them again, that many times; what should not run
   * is not started. With 0 it only sees to it that they run. Cut short by a crash, it ends with
   * them running.
   */
  public Answer restartAll(int times) {
    List<ServiceRunner> wanted = all().stream().filter(ServiceRunner::isWanted).toList();
    if (wanted.isEmpty()) {
      return Answer.done("No service should run on this device, so none was started");
    }
    for (int i = 0; i < times; i++) {
      Answer ended = each(wanted, runner -> pause(runner, true), false);
      Answer started = each(wanted, runner -> pause(runner, false), true);
      if (!ended.done() || !started.done()) {
        return ended.done() ? started : ended;
      }
    }
    return each(wanted, runner -> pause(runner, false), true);
  }

  /** Numbers of all processes of all services that live now. */
  public Set<Long> processes() {
    Set<Long> numbers = new TreeSet<>();
    for (ServiceRunner runner : all()) {
      runner.living().forEach(row -> numbers.add(row.pid()));
    }
    return numbers;
  }

  /**
   * Does something while a service stands still: nothing of it lives then, and nothing can start it
   * before this has come back.
   */
  Answer whileStopped(String name, Callable<Answer> action) throws IOException {
    ServiceRunner runner = runner(name);
    return thread.call(
        () ->
            runner.isAtRest()
                ? action.call()
                : Answer.refused(
                    "found service "
                        + name
                        + " "
                        + runner.view().phase()
                        + ", wanted it STOPPED, for it reads its configuration when it starts: stop"
                        + " it first"));
  }

  ServiceSettings settings(String name) {
    return runner(name).settings();
  }

  /** Ends all services for now and closes; the next supervisor starts again what should run. */
  public Answer shutDown() {
    Answer ended = each(all(), runner -> pause(runner, true), false);
    close();
    return ended;
  }

  /** Lets go of the services; their processes go on. */
  @Override
  public void close() {
    thread.close();
  }

  private interface Change {
    void make(ServiceRunner runner) throws IOException;
  }

  private void want(ServiceRunner runner, boolean running) throws IOException {
    runner.want(running, thread.now());
  }

  private void pause(ServiceRunner runner, boolean pause) {
    runner.pause(pause, thread.now());
  }

  private Answer each(List<ServiceRunner> which, Change change, boolean running) {
    try {
      thread.call(
          () -> {
            for (ServiceRunner runner : which) {
              change.make(runner);
            }
            which.forEach(thread::step);
            return true;
          });
    } catch (IOException e) {
      return Answer.refused(
          "found that the wish cannot be kept on disk ("
              + e.getMessage()
              + "), wanted it safe before anything is done: check the agent's disk");
    }
    return await(which, running);
  }

  private Answer await(List<ServiceRunner> which, boolean running) {
    Duration grace =
        which.stream()
            .map(it -> it.settings().grace())
            .max(Duration::compareTo)
            .orElse(Duration.ZERO);
    long until = thread.now() + grace.plus(PATIENCE).toMillis();
    Set<ServicePhase> under =
        running ? EnumSet.of(ServicePhase.STARTING) : EnumSet.of(ServicePhase.STOPPING);
    List<String> troubles = new ArrayList<>();
    for (ServiceRunner runner : which) {
      ServiceRunner.View view = awaitNot(runner, under, until);
      if (view.phase() != (running ? ServicePhase.RUNNING : ServicePhase.STOPPED)) {
        troubles.add(trouble(runner.settings().name(), view, running));
      }
    }
    if (!troubles.isEmpty()) {
      return Answer.refused(String.join("; ", troubles));
    }
    String names = String.join(", ", which.stream().map(it -> it.settings().name()).toList());
    return Answer.done(
        (which.isEmpty() ? "This device has no services" : names)
            + (which.isEmpty() ? "" : running ? ": running" : ": stopped, no process is left"));
  }

  private ServiceRunner.View awaitNot(ServiceRunner runner, Set<ServicePhase> under, long until) {
    synchronized (views) {
      while (under.contains(runner.view().phase()) && thread.now() < until && thread.isOpen()) {
        try {
          views.wait(Math.max(1, Math.min(until - thread.now(), 1_000)));
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          break;
        }
      }
      return runner.view();
    }
  }

  private static String trouble(String name, ServiceRunner.View view, boolean running) {
    String found =
        "found service "
            + name
            + " "
            + view.phase()
            + ", wanted it "
            + (running ? "RUNNING" : "STOPPED");
    return view.words().isEmpty()
        ? found + ": it takes longer than expected, or somebody wanted otherwise meanwhile"
        : found + ": it " + view.words();
  }

  private static ServiceState state(ServiceRunner runner) {
    ServiceRunner.View view = runner.view();
    ServiceState.Builder state =
        ServiceState.newBuilder()
            .setName(runner.settings().name())
            .setState(view.phase().name())
            .setSinceMilliseconds(view.sinceMilliseconds())
            .setWords(view.words());
    runner
        .settings()
        .variants()
        .flatMap(VariantFiles::pointsAt)
        .ifPresent(side -> state.setPointsAt(WireSides.toWire(side)));
    return state.build();
  }

  private List<ServiceRunner> all() {
    return List.copyOf(runners.values());
  }

  private List<ServiceRunner> named(String name) {
    return List.of(runner(name));
  }

  private ServiceRunner runner(String name) {
    ServiceRunner runner = runners.get(name);
    if (runner == null) {
      throw new UnknownServiceException(name, runners.keySet());
    }
    return runner;
  }
}
