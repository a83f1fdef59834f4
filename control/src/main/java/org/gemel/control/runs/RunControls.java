package org.gemel.control.runs;

import java.util.List;
import org.gemel.control.api.Principal;
import org.gemel.control.api.Refusal;
import org.gemel.control.api.RunRequest;
import org.gemel.control.api.RunState;
import org.gemel.control.api.StepAct;
import org.gemel.control.api.StepKind;
import org.gemel.control.api.StepState;
import org.gemel.control.site.Site;
import org.gemel.core.Side;

/** What people do with runs. Each method refuses what makes no sense now, and says what would. */
public final class RunControls {
  private final RunJournal journal;
  private final RunEngine engine;
  private final Workflows workflows;
  private final Site site;

  public RunControls(RunJournal journal, RunEngine engine, Workflows workflows, Site site) {
    this.journal = journal;
    this.engine = engine;
    this.workflows = workflows;
    this.site = site;
  }

  public RunDocument start(Principal who, RunRequest request) {
    Workflows.Workflow workflow =
        workflows
            .find(request.workflow())
            .orElseThrow(
                () ->
                    new Refusal(
                        Refusal.Reason.UNKNOWN_NAME,
                        "found workflow '"
                            + request.workflow()
                            + "', wanted one of "
                            + String.join(
                                ", ",
                                workflows.all().stream().map(Workflows.Workflow::name).toList())));
    Side confirm = request.confirm() == null ? null : side(request.confirm());
    RunDocument run =
        new RunDocument(
            journal.newId(),
            workflow.name(),
            workflow.title(),
            false,
            request.automatic(),
            request.tickManual(),
            confirm,
            who.name(),
            site.now(),
            null,
            RunState.RUNNING,
            "Begins.",
            engine.documents(workflow.steps()));
    String drop = request.drop() == null ? "" : request.drop().strip();
    RunDocument approved = dropping(run, drop);
    journal.begin(approved);
    engine.carryOn(approved.id());
    return approved;
  }

  /**
   * Lets the starts of the replication that are still to be done drop what that list names. What
   * the database is then found to have more than the list is not dropped: its hash is another one.
   */
  private static RunDocument dropping(RunDocument run, String list) {
    if (list.isEmpty()) {
      return run;
    }
    List<StepDocument> starts =
        run.steps().stream()
            .filter(s -> s.spec().startsReplication() && !s.state().settled())
            .toList();
    if (run.state().ended() || starts.isEmpty()) {
      throw notReady(
          "no start of the replication still to be done in run " + run.id(),
          "one, which may drop something",
          "leave out --drop, or see `gemel run show`");
    }
    RunDocument changed = run;
    for (StepDocument step : starts) {
      if (step.state() == StepState.BEGUN || step.state() == StepState.PERFORMED) {
        throw notReady("step " + step.key() + " under way", "its end", "wait for it");
      }
      changed = changed.with(step.dropping(list));
    }
    return changed;
  }

  /** Starts a run of one step. */
  public RunDocument operate(Principal who, String title, StepSpec spec) {
    return operate(who, "operation", title, spec);
  }

  private RunDocument operate(Principal who, String workflow, String title, StepSpec spec) {
    RunDocument run =
        new RunDocument(
            journal.newId(),
            workflow,
            title,
            true,
            true,
            false,
            null,
            who.name(),
            site.now(),
            null,
            RunState.RUNNING,
            "Begins.",
            engine.documents(List.of(spec)));
    journal.begin(run);
    engine.carryOn(run.id());
    return run;
  }

  /** Does something with a step that drops nothing. */
  public RunDocument act(Principal who, String id, String stepName, StepAct act, String words) {
    return act(who, id, stepName, act, words, "");
  }

  public RunDocument act(
      Principal who, String id, String stepName, StepAct act, String words, String list) {
    String drop = list.strip();
    RunDocument run = known(id);
    if (run.state().ended()) {
      throw notReady("run " + run.id() + ", which has ended", "one under way", "start a new one");
    }
    StepDocument step = run.step(stepName);
    if (run.underWay().isPresent() && act != StepAct.SKIP && step.kind() == StepKind.SYSTEM) {
      throw notReady(
          "step " + run.underWay().get().key() + " under way",
          "none",
          "wait until it has ended; see `gemel run show`");
    }
    boolean mayDrop =
        act == StepAct.CONFIRM
            || ((act == StepAct.DO || act == StepAct.RETRY) && step.spec().startsReplication());
    if (!drop.isEmpty() && !mayDrop) {
      throw new Refusal(
          Refusal.Reason.USAGE,
          "found a list of what may be dropped, wanted it with a confirmation or with a start of the"
              + " replication: leave out --drop");
    }
    switch (act) {
      case DO, RETRY -> doIt(who, run, step, drop);
      case DONE -> doneByHand(who, run, step);
      case SKIP -> skip(who, run, step, words);
      case CONFIRM -> confirm(who, run, step, words, drop);
      case UNDO -> undo(who, run, step);
    }
    return known(id);
  }

  private void doIt(Principal who, RunDocument run, StepDocument step, String drop) {
    if (step.kind() != StepKind.SYSTEM) {
      throw notReady(
          "step " + step.key() + ", which a person does",
          step.kind() == StepKind.MANUAL ? "it done and ticked" : "a confirmation",
          step.kind() == StepKind.MANUAL
              ? "use `gemel run done " + step.key() + "`"
              : "use `gemel run confirm " + step.key() + " SIDE`");
    }
    if (step.state().settled()) {
      throw notReady(
          "step " + step.key() + " " + step.state(), "one that is not settled", "undo it first");
    }
    journal.change(run.id(), r -> dropping(r, drop));
    engine.doStep(run.id(), step.key(), who.name());
  }

  private void doneByHand(Principal who, RunDocument run, StepDocument step) {
    if (step.kind() == StepKind.CONFIRMATION) {
      throw notReady(
          "step " + step.key() + ", a confirmation",
          "the name of the side",
          "use `gemel run confirm " + step.key() + " SIDE`");
    }
    refuseSettled(step);
    journal.change(
        run.id(),
        r -> {
          StepDocument now = r.step(step.key());
          refuseUnlessStill(r, now, step);
          return step.kind() == StepKind.MANUAL
              ? r.with(now.ended(StepState.DONE, "Ticked.", who.name(), site.now()))
              : r.with(
                  now.begun(now.roleEpoch(), who.name(), site.now()).performed("Done by hand."));
        });
    engine.carryOn(run.id());
  }

  private void skip(Principal who, RunDocument run, StepDocument step, String reason) {
    refuseSettled(step);
    if (reason.isBlank()) {
      throw new Refusal(
          Refusal.Reason.UNSAFE,
          "found no reason for leaving out step "
              + step.key()
              + ", wanted one: give it with --reason");
    }
    if (step.kind() == StepKind.CONFIRMATION) {
      throw new Refusal(
          Refusal.Reason.UNSAFE,
          "found the point of no return to be skipped, wanted it confirmed: use `gemel run confirm "
              + step.key()
              + " SIDE`");
    }
    if (step.state() == StepState.BEGUN || step.state() == StepState.PERFORMED) {
      throw notReady("step " + step.key() + " under way", "its end", "wait for it");
    }
    journal.change(
        run.id(),
        r -> {
          refuseUnlessStill(r, r.step(step.key()), step);
          return r.with(
              r.step(step.key())
                  .ended(StepState.SKIPPED, "Left out: " + reason, who.name(), site.now()));
        });
    engine.carryOn(run.id());
  }

  private void confirm(
      Principal who, RunDocument run, StepDocument step, String named, String drop) {
    if (step.kind() != StepKind.CONFIRMATION) {
      throw notReady("step " + step.key(), "a confirmation", "see `gemel run show`");
    }
    refuseSettled(step);
    String overwritten = step.spec().arguments().get("overwritten");
    if (!side(named).name().equals(overwritten)) {
      throw new Refusal(
          Refusal.Reason.UNSAFE,
          "found '"
              + named
              + "' named, but what follows overwrites "
              + overwritten
              + ": confirm with the name of the side that will be overwritten, or stop here");
    }
    journal.change(
        run.id(),
        r ->
            dropping(r, drop)
                .with(
                    r.step(step.key())
                        .ended(
                            StepState.DONE,
                            "Confirmed that " + overwritten + " may be overwritten.",
                            who.name(),
                            site.now())));
    engine.carryOn(run.id());
  }

  private void undo(Principal who, RunDocument run, StepDocument step) {
    if (step.state() != StepState.DONE) {
      throw notReady("step " + step.key() + " " + step.state(), "one that was done", "leave it");
    }
    refuseUnlessLast(run, step);
    StepSpec inverse =
        engine
            .step(step.spec())
            .inverse()
            .orElseThrow(
                () ->
                    notReady(
                        "step " + step.key(),
                        "one with an inverse",
                        "go back by hand, or run the workflow the other way"));
    operate(
        who,
        OperationEffects.undoing(run.id(), step.key()),
        "Take back step " + step.key() + " of run " + run.id(),
        inverse);
  }

  /**
   * Steps are taken back in reverse order, or what later ones built on would fall away below them.
   */
  private static void refuseUnlessLast(RunDocument run, StepDocument step) {
    List<StepDocument> later =
        run.steps().subList(run.steps().indexOf(step) + 1, run.steps().size());
    for (StepDocument after : later.reversed()) {
      if (after.kind() == StepKind.SYSTEM && after.state() == StepState.DONE) {
        throw notReady(
            "step " + after.key() + " done after it",
            "the last one taken back first",
            "undo " + after.key() + " first");
      }
    }
    boolean workedThere =
        later.stream().anyMatch(s -> s.spec().type().equals("move-devices") && s.attempt() > 0);
    if (workedThere && step.spec().type().equals("set-database-main")) {
      throw new Refusal(
          Refusal.Reason.UNSAFE,
          "found that devices have worked with database "
              + step.spec().arguments().get("side")
              + " since step "
              + step.key()
              + ", wanted nothing of theirs to be lost: finish this run, then switch back with a run"
              + " of its own");
    }
  }

  /** Goes on by itself from here: a failed or undone step is begun anew. */
  public RunDocument resume(Principal who, String id) {
    RunDocument run = known(id);
    if (run.state().ended()) {
      throw notReady("run " + run.id() + ", which has ended", "one under way", "start a new one");
    }
    journal.change(
        run.id(),
        r -> {
          RunDocument changed = r.madeAutomatic();
          for (StepDocument step : r.steps()) {
            boolean mayGo =
                step.state() == StepState.UNDONE
                    || (step.state() == StepState.FAILED && step.kind() != StepKind.SYSTEM);
            changed = mayGo ? changed.with(step.again()) : changed;
          }
          return changed;
        });
    run.next()
        .filter(s -> s.state() == StepState.FAILED && s.kind() == StepKind.SYSTEM)
        .ifPresentOrElse(
            s -> engine.doStep(run.id(), s.key(), who.name()), () -> engine.carryOn(run.id()));
    return known(id);
  }

  public RunDocument reset(String id) {
    return journal.change(
        known(id).id(),
        r -> {
          if (r.underWay().isPresent()) {
            throw notReady(
                "step " + r.underWay().get().key() + " under way",
                "none",
                "wait until it has ended");
          }
          return r.state().ended()
              ? r
              : r.with(
                  RunState.RESET, "Its ticks were cleared; what was done stays done.", site.now());
        });
  }

  private RunDocument known(String id) {
    return journal
        .read(id)
        .orElseThrow(
            () ->
                new Refusal(
                    Refusal.Reason.UNKNOWN_NAME, "found no run " + id + ": see `gemel run list`"));
  }

  /**
   * Between the look at a step and the write, it may have begun, or the run may have been cleared.
   */
  private static void refuseUnlessStill(RunDocument run, StepDocument now, StepDocument seen) {
    if (run.state().ended() || now.state() != seen.state()) {
      throw notReady(
          "step " + now.key() + " " + now.state() + " by now",
          "it still " + seen.state(),
          "look again with `gemel run show`");
    }
  }

  private static void refuseSettled(StepDocument step) {
    if (step.state().settled()) {
      throw notReady(
          "step " + step.key() + " " + step.state(), "one that is not settled", "leave it");
    }
  }

  private static Side side(String text) {
    try {
      return Side.parse(text);
    } catch (IllegalArgumentException e) {
      throw new Refusal(Refusal.Reason.USAGE, String.valueOf(e.getMessage()));
    }
  }

  private static Refusal notReady(String found, String wanted, String cure) {
    return new Refusal(
        Refusal.Reason.NOT_READY, "found " + found + ", wanted " + wanted + ": " + cure);
  }
}
