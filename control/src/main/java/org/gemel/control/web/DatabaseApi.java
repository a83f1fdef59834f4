package org.gemel.control.web;

import io.javalin.http.Context;
import java.util.List;
import org.gemel.control.api.ControlPoint;
import org.gemel.control.api.Refusal;
import org.gemel.control.api.Refusal.Reason;
import org.gemel.core.Side;
import org.jspecify.annotations.Nullable;

/** Looks at the databases. */
final class DatabaseApi {
  private final ControlPoint control;

  DatabaseApi(ControlPoint control) {
    this.control = control;
  }

  List<Route> routes() {
    return List.of(Route.get("/api/v1/database/check", this::check));
  }

  private void check(Context context) {
    Json.answer(context, control.checkDatabase(side(context.queryParam("from"))));
  }

  private static @Nullable Side side(@Nullable String text) {
    try {
      return text == null ? null : Side.parse(text);
    } catch (IllegalArgumentException e) {
      throw new Refusal(Reason.USAGE, String.valueOf(e.getMessage()));
    }
  }
}
