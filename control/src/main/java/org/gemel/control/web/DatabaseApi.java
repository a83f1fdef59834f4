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
    return List.of(
        Route.get("/api/v1/database/check", this::check),
        // Rows of the users' are shown, and files are written: not for those who only look.
        Route.post("/api/v1/database/preview", this::preview));
  }

  private record Wanted(@Nullable String main, @Nullable String export) {}

  private void preview(Context context) {
    Wanted wanted = Json.read(context, Wanted.class);
    Side main = side(wanted.main());
    if (main == null) {
      throw new Refusal(
          Reason.USAGE, "found no side that will be main, wanted X or Y: name it as main");
    }
    String export = wanted.export() == null ? "" : wanted.export();
    Json.answer(context, control.previewDatabase(Caller.principal(context), main, export));
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
