package org.gemel.control.web;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.util.Map;
import org.gemel.control.api.Refusal;
import org.gemel.ledger.LedgerFailure;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Failures as what their reader can use: JSON for the API, a piece of page for the console. */
final class Failures {
  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

  /** What every failed API request answers. */
  record Body(String reason, String message) {}

  private final Templates templates;

  Failures(Templates templates) {
    this.templates = templates;
  }

  void register(RoutesConfig routes) {
    routes.exception(
        Refusal.class, (e, c) -> answer(c, status(e.reason()), e.reason().name(), e.getMessage()));
    routes.exception(NotLoggedIn.class, (e, c) -> notLoggedIn(c, e.getMessage()));
    routes.exception(
        HttpResponseException.class,
        (e, c) -> answer(c, e.getStatus(), reason(e.getStatus()), e.getMessage()));
    routes.exception(
        LedgerFailure.class,
        (e, c) -> {
          LOG.error("{} {}: the ledger failed", c.method(), c.path(), e);
          answer(
              c,
              503,
              "UNAVAILABLE",
              "found the ledger not answering (" + e.getMessage() + "): try again soon");
        });
    routes.exception(
        Exception.class,
        (e, c) -> {
          LOG.error("{} {} failed", c.method(), c.path(), e);
          answer(
              c,
              500,
              "FAILED",
              "failed within Gemel (" + e + "): what came of it is in the status and the log");
        });
    routes.error(
        404,
        c -> {
          if (c.result() == null || "Not Found".equals(c.result())) {
            answer(c, 404, "UNKNOWN_NAME", "found nothing at " + c.path() + ": see the help");
          }
        });
  }

  static int status(Refusal.Reason reason) {
    return switch (reason) {
      case USAGE -> 400;
      case UNKNOWN_NAME -> 404;
      case NOT_READY, UNSAFE -> 409;
      case NOT_ALLOWED -> 403;
    };
  }

  private static String reason(int status) {
    return switch (status) {
      case 401, 403 -> "NOT_ALLOWED";
      case 404, 405 -> "UNKNOWN_NAME";
      default -> status < 500 ? "USAGE" : "FAILED";
    };
  }

  private void notLoggedIn(Context context, @Nullable String message) {
    if (isPage(context)) {
      context.redirect("/login");
      return;
    }
    context.header("HX-Redirect", "/login");
    answer(context, 401, "NOT_ALLOWED", message);
  }

  private void answer(Context context, int status, String reason, @Nullable String cause) {
    String message = cause == null ? "no cause was given" : cause;
    context.status(status);
    if (context.path().startsWith("/console/") || isPage(context)) {
      context.html(templates.render("dialogs/problem.jte", Map.of("message", message)));
    } else {
      Json.answer(context, new Body(reason, message));
    }
  }

  private static boolean isPage(Context context) {
    return context.path().equals("/");
  }
}
