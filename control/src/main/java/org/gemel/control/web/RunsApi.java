package org.gemel.control.web;

import io.javalin.http.Context;
import java.util.List;
import java.util.Objects;
import org.gemel.control.api.ControlPoint;
import org.gemel.control.api.Operation;
import org.gemel.control.api.Refusal;
import org.gemel.control.api.Refusal.Reason;
import org.gemel.control.api.RunRequest;
import org.gemel.control.api.RunView;
import org.gemel.control.api.StepAct;
import org.jspecify.annotations.Nullable;

/** Runs of workflows, their steps, and single controls. */
final class RunsApi {
  /**
   * What goes with an act on a step: a reason, or the side that is confirmed; and what a start of
   * the replication may drop.
   */
  record ActRequest(@Nullable String words, @Nullable String drop) {}

  private final ControlPoint control;

  RunsApi(ControlPoint control) {
    this.control = control;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/api/v1/runs", c -> Json.answer(c, control.runs())),
        Route.post("/api/v1/runs", this::start),
        Route.get("/api/v1/runs/{id}", c -> Json.answer(c, find(control, c.pathParam("id")))),
        Route.post("/api/v1/runs/{id}/steps/{key}/{act}", this::act),
        Route.post(
            "/api/v1/runs/{id}/resume",
            c -> Json.answer(c, control.resume(Caller.principal(c), c.pathParam("id")))),
        Route.post(
            "/api/v1/runs/{id}/reset",
            c -> Json.answer(c, control.reset(Caller.principal(c), c.pathParam("id")))),
        Route.post("/api/v1/operations", this::operate),
        Route.post("/api/v1/operations/explain", this::explain).openTo(Access.VIEWER));
  }

  /** A run by its id; {@code current} means the one under way. */
  static RunView find(ControlPoint control, String id) {
    if (id.equals("current")) {
      return control
          .currentRun()
          .orElseThrow(
              () ->
                  new Refusal(
                      Reason.UNKNOWN_NAME,
                      "found no run under way: `gemel run list` shows earlier ones"));
    }
    return control
        .run(id)
        .orElseThrow(
            () ->
                new Refusal(
                    Reason.UNKNOWN_NAME,
                    "found no run '" + id + "': `gemel run list` shows those there are"));
  }

  static StepAct parseAct(String text) {
    try {
      return StepAct.parse(text);
    } catch (IllegalArgumentException e) {
      throw new Refusal(Reason.USAGE, String.valueOf(e.getMessage()));
    }
  }

  private void start(Context context) {
    RunRequest request = Json.read(context, RunRequest.class);
    Json.answer(context, control.startRun(Caller.principal(context), request));
  }

  private void act(Context context) {
    StepAct act = parseAct(context.pathParam("act"));
    ActRequest request =
        context.contentLength() == 0
            ? new ActRequest(null, null)
            : Json.read(context, ActRequest.class);
    Json.answer(
        context,
        control.act(
            Caller.principal(context),
            context.pathParam("id"),
            context.pathParam("key"),
            act,
            Objects.requireNonNullElse(request.words(), ""),
            Objects.requireNonNullElse(request.drop(), "")));
  }

  private void operate(Context context) {
    Json.answer(context, control.operate(Caller.principal(context), operation(context)));
  }

  private void explain(Context context) {
    Json.answer(context, control.explain(operation(context)));
  }

  private static Operation operation(Context context) {
    return Json.read(context, Operation.class);
  }
}
