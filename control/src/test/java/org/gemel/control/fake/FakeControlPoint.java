package org.gemel.control.fake;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.gemel.control.api.AuditEntry;
import org.gemel.control.api.ControlPoint;
import org.gemel.control.api.DatabaseCheck;
import org.gemel.control.api.DatabasePreview;
import org.gemel.control.api.DeviceRequest;
import org.gemel.control.api.Explanation;
import org.gemel.control.api.FolderHistory;
import org.gemel.control.api.Operation;
import org.gemel.control.api.PairStatus;
import org.gemel.control.api.PairView;
import org.gemel.control.api.Principal;
import org.gemel.control.api.Refusal;
import org.gemel.control.api.Refusal.Reason;
import org.gemel.control.api.RunRequest;
import org.gemel.control.api.RunState;
import org.gemel.control.api.RunView;
import org.gemel.control.api.RunView.StepView;
import org.gemel.control.api.StepAct;
import org.gemel.control.api.StepState;
import org.gemel.control.api.WorkflowView;
import org.gemel.core.Side;
import org.jspecify.annotations.Nullable;

/**
 * Holds what it is told, does what it is asked at once, and remembers what that was. It does not
 * refuse viewers, so that a test sees whether the layer above did.
 */
public final class FakeControlPoint implements ControlPoint {
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final List<AuditEntry> audit = new ArrayList<>();
  private final List<RunView> runs = new ArrayList<>();

  /** What was asked for, in words; for tests. */
  public final List<String> asked = new CopyOnWriteArrayList<>();

  /** How often a single run was looked at. */
  public final AtomicInteger runReads = new AtomicInteger();

  /** What the operation asked for last may drop. */
  public @Nullable String dropped;

  private PairStatus status;
  private Instant now = Scenes.NOW;

  public FakeControlPoint(PairStatus status) {
    this.status = status;
    RunView run = status.currentRun();
    if (run != null) {
      runs.add(run);
    }
  }

  public synchronized void step(Duration by) {
    now = now.plus(by);
  }

  public void show(PairStatus next) {
    synchronized (this) {
      status = next;
      RunView run = next.currentRun();
      if (run != null) {
        keep(run);
      }
    }
    changed();
  }

  public void addRun(RunView run) {
    synchronized (this) {
      runs.add(run);
    }
    changed();
  }

  @Override
  public synchronized PairStatus status() {
    return status;
  }

  @Override
  public AutoCloseable onChange(Runnable listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  @Override
  public List<PairView> pairs() {
    return List.of(new PairView(status.pair(), "K-100", "K-200", Scenes.NOW));
  }

  @Override
  public PairView createPair(Principal who, String name, String main, String backup) {
    asked.add("create pair " + name);
    return new PairView(name, main, backup, now);
  }

  @Override
  public void removePair(Principal who, String name) {
    asked.add("remove pair " + name);
  }

  @Override
  public List<WorkflowView> workflows() {
    return List.of(SceneRuns.SWITCH_X_TO_Y, SceneRuns.SPLIT);
  }

  @Override
  public Optional<WorkflowView> workflow(String name) {
    return workflows().stream().filter(w -> w.name().equals(name)).findFirst();
  }

  @Override
  public synchronized List<RunView> runs() {
    return List.copyOf(runs.reversed());
  }

  @Override
  public synchronized Optional<RunView> run(String id) {
    runReads.incrementAndGet();
    return runs.stream().filter(r -> r.id().equals(id)).findFirst();
  }

  @Override
  public synchronized Optional<RunView> currentRun() {
    return Optional.ofNullable(status.currentRun());
  }

  @Override
  public RunView startRun(Principal who, RunRequest request) {
    asked.add("start " + request);
    WorkflowView workflow =
        workflow(request.workflow())
            .orElseThrow(
                () ->
                    new Refusal(
                        Reason.UNKNOWN_NAME, "found no workflow '" + request.workflow() + "'"));
    RunView run = SceneRuns.begun("r-0043", workflow, request.automatic(), who.name(), now());
    put(run);
    return run;
  }

  @Override
  public RunView act(
      Principal who, String run, String step, StepAct act, String words, String drop) {
    dropped = drop;
    asked.add(act + " " + step + (words.isEmpty() ? "" : " " + words));
    RunView found = found(run);
    StepView view =
        found.steps().stream()
            .filter(s -> s.key().equals(step))
            .findFirst()
            .orElseThrow(() -> new Refusal(Reason.UNKNOWN_NAME, "found no step '" + step + "'"));
    String destroys = view.destroys();
    if (act == StepAct.CONFIRM && destroys != null && !destroys.equals(words)) {
      throw new Refusal(
          Reason.UNSAFE,
          "found '" + words + "', wanted " + destroys + " typed: it will be overwritten");
    }
    StepState state =
        switch (act) {
          case DO, RETRY, DONE, CONFIRM -> StepState.DONE;
          case SKIP -> StepState.SKIPPED;
          case UNDO -> StepState.UNDONE;
        };
    RunView next =
        SceneRuns.withStep(found, step, s -> SceneRuns.settle(s, state, who.name(), words, now()));
    put(next);
    return next;
  }

  @Override
  public RunView resume(Principal who, String run) {
    asked.add("resume " + run);
    return found(run);
  }

  @Override
  public RunView reset(Principal who, String run) {
    asked.add("reset " + run);
    RunView next =
        SceneRuns.withState(found(run), RunState.RESET, "Its ticks were cleared.", now());
    put(next);
    return next;
  }

  @Override
  public RunView operate(Principal who, Operation operation) {
    dropped = operation.drop();
    asked.add(operation.toString());
    if (operation.name().equals("database-start")
        && operation.side() != null
        && !operation.side().other().name().equals(operation.confirm())) {
      throw new Refusal(
          Reason.UNSAFE,
          "found no confirmation, wanted --confirm "
              + operation.side().other()
              + ": it overwrites");
    }
    RunView run = SceneRuns.finished("o-0007", operation.name(), who.name(), now());
    addRun(run);
    return run;
  }

  @Override
  public Explanation explain(Operation operation) {
    return switch (operation.name()) {
      case "database-start" ->
          new Explanation(
              List.of(
                  "The database of the other side is emptied and becomes a copy of this one's 4,812"
                      + " assets.",
                  "After that it follows every change.",
                  "What only X has it drops only with --drop cd34, by 2 commands: DROP TABLE ..."),
              operation.side() == Side.Y ? SceneParts.drops() : null);
      case "devices-switch" ->
          Explanation.of(
              List.of(
                  "Each ticked device is stopped, reconfigured and restarted; editors twice.",
                  "It counts as moved once it proves that it can open the other side's volume."));
      default ->
          Explanation.of(
              List.of("Gemel does this at once and proves it by reading reality again."));
    };
  }

  @Override
  public FolderHistory folderHistory(@Nullable String profile, int limit) {
    return new FolderHistory(
        SceneParts.folderPasses().stream()
            .filter(pass -> profile == null || profile.equals(pass.profile()))
            .limit(limit)
            .toList(),
        List.of());
  }

  @Override
  public DatabaseCheck checkDatabase(@Nullable Side from) {
    Side main = from == null ? Side.X : from;
    return main == Side.X
        ? SceneParts.blockedDatabase()
        : new DatabaseCheck(main, now(), "READY", "A start from Y can begin.", List.of());
  }

  @Override
  public DatabasePreview previewDatabase(Principal who, Side main, String export) {
    return SceneParts.preview(main, now());
  }

  @Override
  public void addDevice(Principal who, DeviceRequest device) {
    asked.add("add " + device);
  }

  @Override
  public void removeDevice(Principal who, String name) {
    asked.add("remove device " + name);
  }

  @Override
  public String joinToken(Principal who, String device, Duration validFor) {
    asked.add("join token " + device + " " + validFor);
    return "join-" + device;
  }

  @Override
  public synchronized List<AuditEntry> audit(int limit) {
    return audit.reversed().stream().limit(limit).toList();
  }

  @Override
  public synchronized void recordAudit(String who, String what, String outcome) {
    audit.add(new AuditEntry(audit.size() + 1L, now, who, what, outcome));
  }

  @Override
  public synchronized Instant now() {
    return now;
  }

  private synchronized RunView found(String id) {
    return run(id).orElseThrow(() -> new Refusal(Reason.UNKNOWN_NAME, "found no run '" + id + "'"));
  }

  private void put(RunView run) {
    synchronized (this) {
      keep(run);
      @Nullable RunView current = run.state().ended() ? null : run;
      status = Scenes.withRun(status, current);
    }
    changed();
  }

  private void keep(RunView run) {
    UnaryOperator<RunView> same = r -> r.id().equals(run.id()) ? run : r;
    if (runs.stream().anyMatch(r -> r.id().equals(run.id()))) {
      runs.replaceAll(same);
    } else {
      runs.add(run);
    }
  }

  private void changed() {
    listeners.forEach(Runnable::run);
  }
}
