package org.gemel.control.web;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.security.RouteRole;
import java.util.Optional;
import org.gemel.control.api.ControlPoint;
import org.gemel.control.api.Principal;
import org.gemel.control.api.Refusal;
import org.gemel.control.api.Refusal.Reason;
import org.gemel.control.people.Session;
import org.gemel.control.people.Sessions;
import org.gemel.control.people.Tokens;

/**
 * Stands before every route: finds out who asks, and refuses those who may not. A cookie alone is
 * not enough for a change, since a browser sends it for any page; the session's CSRF token must
 * come with it. A bearer token is never sent unasked and needs none.
 */
final class Gate {
  static final String COOKIE = "gemel_session";
  static final String CSRF_HEADER = "X-CSRF-Token";
  static final String CSRF_FIELD = "csrf";

  private final ControlPoint control;
  private final Sessions sessions;
  private final Tokens tokens;

  Gate(ControlPoint control, Sessions sessions, Tokens tokens) {
    this.control = control;
    this.sessions = sessions;
    this.tokens = tokens;
  }

  void check(Context context) {
    Access access = access(context);
    if (access == Access.ANYBODY) {
      return;
    }
    Caller caller = identify(context);
    if (caller.session() != null && changes(context)) {
      requireCsrf(context, caller.session());
    }
    if (access == Access.ADMINISTRATOR && !caller.principal().administrator()) {
      refuse(context, caller.principal());
    }
    caller.attachTo(context);
  }

  /** The session a page is shown to; empty where nobody is logged in. */
  Optional<Session> session(Context context) {
    String cookie = context.cookie(COOKIE);
    return cookie == null ? Optional.empty() : sessions.find(cookie);
  }

  private Caller identify(Context context) {
    String authorization = context.header("Authorization");
    if (authorization != null) {
      String token =
          authorization.regionMatches(true, 0, "Bearer ", 0, 7) ? authorization.substring(7) : "";
      return tokens
          .verify(token.strip())
          .map(principal -> new Caller(principal, null))
          .orElseThrow(
              () ->
                  new NotLoggedIn(
                      "found a token that is unknown or revoked, wanted a valid one: run `gemel"
                          + " login URL` or create a new token"));
    }
    return session(context)
        .map(session -> new Caller(session.principal(), session))
        .orElseThrow(
            () -> new NotLoggedIn("found no log-in, wanted a session or a token: log in first"));
  }

  private static void requireCsrf(Context context, Session session) {
    String sent = context.header(CSRF_HEADER);
    if (sent == null) {
      sent = context.formParam(CSRF_FIELD);
    }
    if (sent == null || !session.csrfMatches(sent)) {
      throw new Refusal(
          Reason.NOT_ALLOWED,
          "found no valid CSRF token, wanted this session's: load the page anew and try again");
    }
  }

  private void refuse(Context context, Principal who) {
    if (changes(context)) {
      control.recordAudit(
          who.name(), context.method() + " " + context.path(), "refused: is a viewer");
    }
    throw new Refusal(
        Reason.NOT_ALLOWED,
        "found "
            + who.name()
            + " to be a viewer, wanted an administrator: ask one to do this, or for the right to");
  }

  private static boolean changes(Context context) {
    return !context.method().equals(HandlerType.GET) && !context.method().equals(HandlerType.HEAD);
  }

  private static Access access(Context context) {
    for (RouteRole role : context.routeRoles()) {
      if (role instanceof Access access) {
        return access;
      }
    }
    // A route without a role is a mistake of ours; the safe reading of it is the strictest.
    return Access.ADMINISTRATOR;
  }
}
