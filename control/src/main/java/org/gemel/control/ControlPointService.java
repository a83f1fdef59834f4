package org.gemel.control;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gemel.control.agents.JoinTokens;
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
import org.gemel.control.api.RunRequest;
import org.gemel.control.api.RunView;
import org.gemel.control.api.StepAct;
import org.gemel.control.api.WorkflowView;
import org.gemel.control.runs.RunControls;
import org.gemel.control.runs.RunJournal;
import org.gemel.control.runs.RunViews;
import org.gemel.control.runs.Workflows;
import org.gemel.control.site.DeviceCatalogue;
import org.gemel.control.site.DeviceDocument;
import org.gemel.control.site.Site;
import org.gemel.control.status.StatusAssembler;
import org.gemel.core.Side;
import org.jspecify.annotations.Nullable;

/** The control point: every question and every wish, with who may and what was done about it. */
final class ControlPointService implements ControlPoint {
  private static final int RUNS_SHOWN = 100;

  private final Site site;
  private final DeviceCatalogue devices;
  private final Pairs pairs;
  private final JoinTokens joinTokens;
  private final RunJournal journal;
  private final RunControls controls;
  private final RunViews views;
  private final Workflows workflows;
  private final StatusAssembler assembler;
  private final PendingOperations pending;
  private final FolderHistories histories;
  private final DatabaseChecks databaseChecks;
  private final DatabasePreviews databasePreviews;
  private final Audit audit;
  private final Changes changes;

  /** How many commands are out. */
  interface PendingOperations {
    int count();
  }

  record Parts(
      Site site,
      DeviceCatalogue devices,
      Pairs pairs,
      JoinTokens joinTokens,
      RunJournal journal,
      RunControls controls,
      RunViews views,
      Workflows workflows,
      StatusAssembler assembler,
      PendingOperations pending,
      FolderHistories histories,
      DatabaseChecks databaseChecks,
      DatabasePreviews databasePreviews,
      Audit audit,
      Changes changes) {}

  ControlPointService(Parts parts) {
    this.site = parts.site();
    this.devices = parts.devices();
    this.pairs = parts.pairs();
    this.joinTokens = parts.joinTokens();
    this.journal = parts.journal();
    this.controls = parts.controls();
    this.views = parts.views();
    this.workflows = parts.workflows();
    this.assembler = parts.assembler();
    this.pending = parts.pending();
    this.histories = parts.histories();
    this.databaseChecks = parts.databaseChecks();
    this.databasePreviews = parts.databasePreviews();
    this.audit = parts.audit();
    this.changes = parts.changes();
  }

  @Override
  public PairStatus status() {
    return assembler.status(
        pairs.all().stream().findFirst().map(PairView::name).orElse(""),
        site,
        pending.count(),
        currentRun().orElse(null));
  }

  @Override
  public AutoCloseable onChange(Runnable listener) {
    return changes.listen(listener);
  }

  @Override
  public List<PairView> pairs() {
    return pairs.all();
  }

  @Override
  public PairView createPair(Principal who, String name, String main, String backup) {
    return done(who, "create pair " + name, () -> pairs.create(name, main, backup, site.now()));
  }

  @Override
  public void removePair(Principal who, String name) {
    done(
        who,
        "remove pair " + name,
        () -> {
          if (journal.current().isPresent()) {
            throw new Refusal(
                Refusal.Reason.NOT_READY,
                "found a run under way, wanted none: finish or reset it first");
          }
          pairs.remove(name);
          return name;
        });
  }

  @Override
  public List<WorkflowView> workflows() {
    return workflows.all().stream().map(views::of).toList();
  }

  @Override
  public Optional<WorkflowView> workflow(String name) {
    return workflows.find(name).map(views::of);
  }

  @Override
  public List<RunView> runs() {
    return journal.newest(RUNS_SHOWN).stream().map(views::of).toList();
  }

  @Override
  public Optional<RunView> run(String id) {
    return journal.read(id).map(views::of);
  }

  @Override
  public Optional<RunView> currentRun() {
    return journal.current().map(views::of);
  }

  @Override
  public RunView startRun(Principal who, RunRequest request) {
    return views.of(
        done(
            who,
            "start run of " + request.workflow() + (request.automatic() ? ", automatic" : ""),
            () -> controls.start(who, request)));
  }

  @Override
  public RunView act(
      Principal who, String run, String step, StepAct act, String words, String drop) {
    String what =
        act
            + " step "
            + step
            + " of run "
            + run
            + (words.isBlank() ? "" : " (" + words + ")")
            + (drop.isBlank() ? "" : ", which may drop the list " + drop);
    return views.of(done(who, what, () -> controls.act(who, run, step, act, words, drop)));
  }

  @Override
  public RunView resume(Principal who, String run) {
    return views.of(done(who, "resume run " + run, () -> controls.resume(who, run)));
  }

  @Override
  public RunView reset(Principal who, String run) {
    return views.of(done(who, "reset run " + run, () -> controls.reset(run)));
  }

  @Override
  public RunView operate(Principal who, Operation operation) {
    return views.of(
        done(
            who,
            "operation " + operation.name() + " " + Operations.words(operation),
            () -> {
              Operations.Planned planned = Operations.plan(operation, site);
              planned.refuseUnlessConfirmed(operation);
              Side main = operation.side();
              if (main != null && Operations.overwritesDatabase(operation)) {
                databasePreviews.refuseUnlessApproved(operation, main);
              }
              return controls.operate(who, planned.title(), planned.spec());
            }));
  }

  @Override
  public Explanation explain(Operation operation) {
    List<String> explanation = Operations.plan(operation, site).explanation();
    Side from = operation.side();
    List<String> all = new ArrayList<>(explanation);
    if (from != null && operation.name().equals("database-copy-server")) {
      all.addAll(databaseChecks.ofWholeServer(from));
      return Explanation.of(all);
    }
    if (!operation.name().equals("database-start") || from == null) {
      return Explanation.of(explanation);
    }
    Explanation start =
        databaseChecks.explain(from, operation.drop() == null ? "" : operation.drop());
    all.addAll(start.sentences());
    return new Explanation(all, start.drops());
  }

  @Override
  public FolderHistory folderHistory(@Nullable String profile, int limit) {
    return histories.newest(profile, limit);
  }

  @Override
  public DatabaseCheck checkDatabase(@Nullable Side from) {
    return databaseChecks.check(from);
  }

  @Override
  public DatabasePreview previewDatabase(Principal who, Side main, String export) {
    return done(
        who,
        "preview joining the databases with "
            + main
            + " as main"
            + (export.isEmpty() ? "" : ", exported to " + export),
        () -> databasePreviews.preview(main, export));
  }

  @Override
  public void addDevice(Principal who, DeviceRequest device) {
    done(
        who,
        "add device " + device.name(),
        () -> {
          try {
            devices.add(
                new DeviceDocument(
                    device.name(), device.attachment(), device.components(), device.side()));
          } catch (IllegalArgumentException e) {
            throw new Refusal(Refusal.Reason.USAGE, String.valueOf(e.getMessage()));
          }
          return device.name();
        });
  }

  @Override
  public void removeDevice(Principal who, String name) {
    done(
        who,
        "remove device " + name,
        () -> {
          devices.remove(name);
          return name;
        });
  }

  @Override
  public String joinToken(Principal who, String device, Duration validFor) {
    return done(
        who,
        "make a join token for device " + device,
        () -> {
          if (devices.find(device).isEmpty()) {
            throw new Refusal(
                Refusal.Reason.UNKNOWN_NAME,
                "found no device " + device + ", wanted one: add it first with `gemel device add`");
          }
          return joinTokens.make(device, site.now().plus(validFor));
        });
  }

  @Override
  public List<AuditEntry> audit(int limit) {
    return audit.newest(limit);
  }

  @Override
  public void recordAudit(String who, String what, String outcome) {
    audit.record(site.now(), who, what, outcome);
  }

  @Override
  public Instant now() {
    return site.now();
  }

  private interface Work<T> {
    T run();
  }

  /** Refuses viewers, does it, and writes down what came of it, also where it was refused. */
  private <T> T done(Principal who, String what, Work<T> work) {
    if (!who.administrator()) {
      audit.record(site.now(), who.name(), what, "refused: not an administrator");
      throw new Refusal(
          Refusal.Reason.NOT_ALLOWED,
          "found "
              + who.name()
              + ", a viewer, wanted an administrator: ask one, or log in as one, to "
              + what);
    }
    try {
      T result = work.run();
      audit.record(site.now(), who.name(), what, "accepted");
      changes.happened();
      return result;
    } catch (Refusal e) {
      audit.record(site.now(), who.name(), what, "refused: " + e.getMessage());
      throw e;
    }
  }
}
