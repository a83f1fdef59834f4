package org.gemel.control.web;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.gemel.control.api.ControlPoint;
import org.gemel.control.api.Explanation;
import org.gemel.control.api.Explanation.Drops;
import org.gemel.control.api.Operation;
import org.gemel.control.api.PairStatus;
import org.gemel.control.api.Refusal;
import org.gemel.control.api.RunRequest;
import org.gemel.control.api.RunView;
import org.gemel.control.api.RunView.StepView;
import org.gemel.control.api.StepAct;
import org.gemel.control.api.WorkflowView;
import org.gemel.core.Side;
import org.jspecify.annotations.Nullable;

/**
 * What opens over the page and what its buttons do. A refusal comes back in the same dialog, in its
 * own words, with what was typed still there.
 */
final class Dialogs {
  /** Tells the page's script that it is done, so the dialog closes. */
  private static final String DONE = "gemel-done";

  private final ControlPoint control;
  private final Console console;
  private final Templates templates;

  Dialogs(ControlPoint control, Console console, Templates templates) {
    this.control = control;
    this.console = console;
    this.templates = templates;
  }

  List<Route> routes() {
    return List.of(
        administrators("/console/operation", c -> operation(c, "", 200)),
        Route.post("/console/operation", this::operate),
        administrators("/console/loss", this::loss),
        administrators("/console/workflow", c -> workflow(c, "", 200)),
        Route.post("/console/run", this::start),
        Route.get("/console/run/{id}", this::run),
        administrators("/console/step", c -> step(c, "", 200)),
        Route.post("/console/step", this::act),
        administrators("/console/reset", this::askReset),
        Route.post(
            "/console/resume",
            c -> {
              control.resume(Caller.principal(c), field(c, "run"));
              done(c);
            }),
        Route.post(
            "/console/reset",
            c -> {
              control.reset(Caller.principal(c), field(c, "run"));
              done(c);
            }));
  }

  private static Route administrators(String path, io.javalin.http.Handler handler) {
    return new Route(HandlerType.GET, path, Access.ADMINISTRATOR, handler);
  }

  private void operation(Context context, String problem, int status) {
    Operation operation = read(context);
    Control kind = Control.of(operation.name());
    Explanation explained;
    try {
      explained = control.explain(operation);
    } catch (Refusal e) {
      explained = Explanation.of(List.of(String.valueOf(e.getMessage())));
    }
    Map<String, Object> values = new HashMap<>();
    values.put("control", kind);
    values.put("operation", operation);
    values.put("sentences", withoutList(explained));
    values.put("drops", explained.drops());
    values.put("choices", choices(kind, operation));
    values.put("problem", problem);
    show(context, "dialogs/operation.jte", values, status);
  }

  /**
   * A part of the dialog that may take its time: both sides are read. Within a run there is no
   * control of that name, and what would be dropped is shown with it.
   */
  private void loss(Context context) {
    Side side = Objects.requireNonNull(side(field(context, "side")));
    boolean withinRun = field(context, "name").isEmpty();
    Map<String, Object> values = new HashMap<>();
    values.put("control", withinRun ? null : Control.of(field(context, "name")));
    values.put("drops", withinRun ? drops(side) : null);
    values.put("overwritten", side.other());
    values.put("words", console.screen(Caller.principal(context)).words());
    values.put("preview", null);
    values.put("problem", "");
    try {
      values.put("preview", control.previewDatabase(Caller.principal(context), side, ""));
    } catch (Refusal e) {
      values.put("problem", String.valueOf(e.getMessage()));
    }
    show(context, "dialogs/loss.jte", values, 200);
  }

  /** The list has a place of its own here, with a tick instead of an option. */
  private static List<String> withoutList(Explanation explained) {
    Drops drops = explained.drops();
    return drops == null
        ? explained.sentences()
        : explained.sentences().stream().filter(s -> !s.contains(drops.hash())).toList();
  }

  private @Nullable Drops drops(Side from) {
    try {
      return control
          .explain(new Operation(Control.REPLICATION_START.operation(), from, List.of(), null))
          .drops();
    } catch (Refusal e) {
      return null; // the start itself refuses, and says why
    }
  }

  private List<String> choices(Control kind, Operation operation) {
    PairStatus status = control.status();
    return switch (kind.ticks()) {
      case NONE -> List.of();
      case GIVEN -> operation.devices();
      case BROWSE_HOSTS ->
          status.browse().hosts().stream().map(h -> h.device()).distinct().sorted().toList();
      case MOVABLE_DEVICES ->
          status.devices().stream()
              .filter(d -> console.screen(new org.gemel.control.api.Principal("", true)).canMove(d))
              .filter(d -> operation.side() != null && d.side() != operation.side())
              .map(d -> d.name())
              .toList();
    };
  }

  private void operate(Context context) {
    try {
      control.operate(Caller.principal(context), read(context));
      done(context);
    } catch (Refusal e) {
      operation(context, String.valueOf(e.getMessage()), Failures.status(e.reason()));
    }
  }

  private void workflow(Context context, String problem, int status) {
    List<WorkflowView> all = control.workflows();
    String name = field(context, "workflow");
    Map<String, Object> values = new HashMap<>();
    values.put("workflows", all);
    values.put("chosen", all.stream().filter(w -> w.name().equals(name)).findFirst().orElse(null));
    values.put("problem", problem);
    show(context, "dialogs/workflow.jte", values, status);
  }

  private void start(Context context) {
    boolean automatic = field(context, "mode").equals("automatic");
    try {
      control.startRun(
          Caller.principal(context),
          new RunRequest(field(context, "workflow"), automatic, false, null));
      done(context);
    } catch (Refusal e) {
      workflow(context, String.valueOf(e.getMessage()), Failures.status(e.reason()));
    }
  }

  private void run(Context context) {
    Map<String, Object> values = new HashMap<>();
    values.put("screen", console.screen(Caller.principal(context)));
    values.put("run", RunsApi.find(control, context.pathParam("id")));
    show(context, "dialogs/run.jte", values, 200);
  }

  private void step(Context context, String problem, int status) {
    RunView run = RunsApi.find(control, field(context, "run"));
    String key = field(context, "step");
    StepView step =
        run.steps().stream()
            .filter(s -> s.key().equals(key))
            .findFirst()
            .orElseThrow(
                () ->
                    new Refusal(
                        Refusal.Reason.UNKNOWN_NAME,
                        "found no step '" + key + "' in this run: load the page anew"));
    Map<String, Object> values = new HashMap<>();
    values.put("run", run);
    values.put("step", step);
    values.put("act", RunsApi.parseAct(field(context, "act")));
    values.put("main", Offer.copiesFrom(run, step).map(Side::name).orElse(""));
    values.put("outOfOrder", Offer.outOfOrder(run, step));
    values.put("problem", problem);
    show(context, "dialogs/step.jte", values, status);
  }

  private void act(Context context) {
    StepAct act = RunsApi.parseAct(field(context, "act"));
    try {
      control.act(
          Caller.principal(context),
          field(context, "run"),
          field(context, "step"),
          act,
          field(context, "words").strip(),
          field(context, "drop").strip());
      done(context);
    } catch (Refusal e) {
      step(context, String.valueOf(e.getMessage()), Failures.status(e.reason()));
    }
  }

  private void askReset(Context context) {
    Map<String, Object> values = new HashMap<>();
    values.put("run", RunsApi.find(control, field(context, "run")));
    show(context, "dialogs/reset.jte", values, 200);
  }

  private void show(Context context, String template, Map<String, Object> values, int status) {
    context.status(status).html(templates.render(template, values));
  }

  private static void done(Context context) {
    context.header("HX-Trigger", DONE).status(204);
  }

  private static Operation read(Context context) {
    String side = field(context, "side");
    String confirm = field(context, "confirm").strip();
    List<String> devices =
        context.method().equals(HandlerType.GET)
            ? context.queryParams("devices")
            : context.formParams("devices");
    return new Operation(
            field(context, "name"),
            side.isEmpty() ? null : side(side),
            devices,
            confirm.isEmpty() ? null : confirm,
            field(context, "preview").strip())
        .dropping(field(context, "drop").strip());
  }

  private static @Nullable Side side(String text) {
    try {
      return Side.parse(text);
    } catch (IllegalArgumentException e) {
      throw new Refusal(Refusal.Reason.USAGE, String.valueOf(e.getMessage()));
    }
  }

  /** A field of the form or of the address; empty where there is none. */
  private static String field(Context context, String name) {
    String value =
        context.method().equals(HandlerType.GET)
            ? context.queryParam(name)
            : context.formParam(name);
    return value == null ? "" : value;
  }
}
