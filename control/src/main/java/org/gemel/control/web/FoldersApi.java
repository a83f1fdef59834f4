package org.gemel.control.web;

import io.javalin.http.Context;
import java.util.List;
import org.gemel.control.api.ControlPoint;
import org.gemel.control.api.Refusal;
import org.gemel.control.api.Refusal.Reason;

/** What the folder mirror has done. */
final class FoldersApi {
  private static final int DEFAULT = 50;

  private final ControlPoint control;

  FoldersApi(ControlPoint control) {
    this.control = control;
  }

  List<Route> routes() {
    return List.of(Route.get("/api/v1/folders/history", this::history));
  }

  private void history(Context context) {
    Json.answer(context, control.folderHistory(context.queryParam("profile"), limit(context)));
  }

  private static int limit(Context context) {
    String limit = context.queryParam("limit");
    try {
      return limit == null ? DEFAULT : Integer.parseInt(limit);
    } catch (NumberFormatException e) {
      throw new Refusal(Reason.USAGE, "found limit '" + limit + "', wanted a whole number");
    }
  }
}
