package org.gemel.control.web;

import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.HandlerType;
import io.javalin.http.SameSite;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gemel.control.api.Refusal;
import org.gemel.control.api.Refusal.Reason;
import org.gemel.control.people.Session;
import org.gemel.control.people.Sessions;

/** Log-in and log-out of a browser. */
final class LogInPages {
  private final Sessions sessions;
  private final Gate gate;
  private final Templates templates;
  private final StaticFiles files;
  private final boolean secure;

  LogInPages(Sessions sessions, Gate gate, Templates templates, StaticFiles files, boolean secure) {
    this.sessions = sessions;
    this.gate = gate;
    this.templates = templates;
    this.files = files;
    this.secure = secure;
  }

  List<Route> routes() {
    return List.of(
        new Route(HandlerType.GET, "/login", Access.ANYBODY, this::show),
        new Route(HandlerType.POST, "/login", Access.ANYBODY, this::logIn),
        new Route(HandlerType.POST, "/logout", Access.VIEWER, this::logOut));
  }

  private void show(Context context) {
    if (gate.session(context).isPresent()) {
      context.redirect("/");
      return;
    }
    page(context, "", "");
  }

  private void logIn(Context context) {
    requireOwnPage(context);
    String name = field(context, "name");
    try {
      Optional<Session> session = sessions.logIn(name, field(context, "password"), context.ip());
      if (session.isEmpty()) {
        context.status(401);
        page(context, name, "Wrong name or password.");
        return;
      }
      context.cookie(
          cookie(session.get().cookie(), (int) sessions.limits().absolute().toSeconds()));
      context.redirect("/");
    } catch (Refusal e) {
      context.status(429);
      page(context, name, String.valueOf(e.getMessage()));
    }
  }

  private void logOut(Context context) {
    Session session = Caller.of(context).session();
    if (session != null) {
      sessions.logOut(session.cookie());
    }
    context.cookie(cookie("", 0));
    context.redirect("/login");
  }

  private Cookie cookie(String value, int maxAge) {
    boolean httpOnly = true;
    return new Cookie(Gate.COOKIE, value, "/", maxAge, secure, httpOnly, null, SameSite.STRICT);
  }

  /** A foreign page could else log a person in under its own name, who then acts in it. */
  private static void requireOwnPage(Context context) {
    String site = context.header("Sec-Fetch-Site");
    if (site != null && !site.equals("same-origin") && !site.equals("none")) {
      throw new Refusal(
          Reason.NOT_ALLOWED, "found a log-in sent by another site's page, wanted our own");
    }
  }

  private void page(Context context, String name, String problem) {
    context.html(
        templates.render(
            "login.jte", Map.of("name", name, "problem", problem, "release", files.release())));
  }

  private static String field(Context context, String name) {
    String value = context.formParam(name);
    return value == null ? "" : value;
  }
}
