package org.gemel.control.web;

import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import org.gemel.control.api.ControlPoint;
import org.gemel.control.api.Refusal;
import org.gemel.control.api.Refusal.Reason;
import org.gemel.control.people.Sessions;

/** What is true now: status, its events, pairs, workflows, audit, health, who I am. */
final class StatusApi {
  private static final int AUDIT_DEFAULT = 50;
  private static final int AUDIT_MOST = 1000;

  record PairRequest(String name, String main, String backup) {}

  record WhoAmI(String name, boolean administrator) {}

  private final ControlPoint control;
  private final Sessions sessions;
  private final Changes changes;

  StatusApi(ControlPoint control, Sessions sessions, Changes changes) {
    this.control = control;
    this.sessions = sessions;
    this.changes = changes;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/api/v1/health", c -> Json.answer(c, Map.of("state", "up")))
            .openTo(Access.ANYBODY),
        Route.get("/api/v1/whoami", StatusApi::whoAmI),
        Route.get("/api/v1/status", c -> Json.answer(c, control.status())),
        Route.get("/api/v1/events", this::events),
        Route.get("/api/v1/audit", c -> Json.answer(c, control.audit(limit(c)))),
        Route.get("/api/v1/pairs", c -> Json.answer(c, control.pairs())),
        Route.post("/api/v1/pairs", this::createPair),
        Route.delete("/api/v1/pairs/{name}", this::removePair),
        Route.get("/api/v1/workflows", c -> Json.answer(c, control.workflows())),
        Route.get("/api/v1/workflows/{name}", this::workflow));
  }

  private static void whoAmI(Context context) {
    var who = Caller.principal(context);
    Json.answer(context, new WhoAmI(who.name(), who.administrator()));
  }

  private void events(Context context) {
    String cookie = context.cookie(Gate.COOKIE);
    EventStream.serve(
        context,
        changes,
        () -> cookie == null || sessions.peek(cookie).isPresent(),
        stream -> stream.send("status", Json.write(control.status())));
  }

  private static int limit(Context context) {
    String limit = context.queryParam("limit");
    try {
      return limit == null ? AUDIT_DEFAULT : Math.clamp(Integer.parseInt(limit), 1, AUDIT_MOST);
    } catch (NumberFormatException e) {
      throw new Refusal(Reason.USAGE, "found limit '" + limit + "', wanted a whole number");
    }
  }

  private void createPair(Context context) {
    PairRequest request = Json.read(context, PairRequest.class);
    Json.answer(
        context,
        control.createPair(
            Caller.principal(context), request.name(), request.main(), request.backup()));
  }

  private void removePair(Context context) {
    control.removePair(Caller.principal(context), context.pathParam("name"));
    context.status(204);
  }

  private void workflow(Context context) {
    String name = context.pathParam("name");
    Json.answer(
        context,
        control
            .workflow(name)
            .orElseThrow(
                () ->
                    new Refusal(
                        Reason.UNKNOWN_NAME,
                        "found no workflow '"
                            + name
                            + "': `gemel workflow list` shows those there are")));
  }
}
