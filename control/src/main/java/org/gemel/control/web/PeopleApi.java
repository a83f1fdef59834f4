package org.gemel.control.web;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.util.List;
import org.gemel.control.api.Principal;
import org.gemel.control.api.Refusal;
import org.gemel.control.api.Refusal.Reason;
import org.gemel.control.people.Sessions;
import org.gemel.control.people.Tokens;
import org.gemel.control.people.UserRole;
import org.gemel.control.people.Users;
import org.jspecify.annotations.Nullable;

/** Users and tokens; and the log-in of the command line, which is a token for a password. */
final class PeopleApi {
  record UserRequest(String name, String password, String role) {}

  record PasswordRequest(String password) {}

  record TokenRequest(String role, @Nullable String purpose) {}

  record LogInRequest(String name, String password, @Nullable String purpose) {}

  private final Users users;
  private final Tokens tokens;
  private final Sessions sessions;

  PeopleApi(Users users, Tokens tokens, Sessions sessions) {
    this.users = users;
    this.tokens = tokens;
    this.sessions = sessions;
  }

  List<Route> routes() {
    return List.of(
        new Route(HandlerType.POST, "/api/v1/login", Access.ANYBODY, this::logIn),
        Route.get("/api/v1/users", c -> Json.answer(c, users.list())),
        Route.post("/api/v1/users", this::addUser),
        Route.post("/api/v1/users/{name}/password", this::setPassword).openTo(Access.VIEWER),
        Route.delete("/api/v1/users/{name}", this::removeUser),
        Route.get("/api/v1/tokens", c -> Json.answer(c, tokens.list())),
        Route.post("/api/v1/tokens", this::createToken).openTo(Access.VIEWER),
        Route.delete("/api/v1/tokens/{id}", this::revokeToken).openTo(Access.VIEWER));
  }

  private void logIn(Context context) {
    LogInRequest request = Json.read(context, LogInRequest.class);
    Principal who =
        sessions
            .check(request.name(), request.password(), context.ip())
            .orElseThrow(
                () ->
                    new NotLoggedIn("found a wrong name or password, wanted a user's: try again"));
    UserRole role = who.administrator() ? UserRole.ADMINISTRATOR : UserRole.VIEWER;
    Json.answer(context, tokens.create(who, role, purpose(request.purpose(), "gemel login")));
  }

  private void addUser(Context context) {
    UserRequest request = Json.read(context, UserRequest.class);
    Json.answer(
        context,
        users.add(
            Caller.principal(context), request.name(), request.password(), role(request.role())));
  }

  private void setPassword(Context context) {
    PasswordRequest request = Json.read(context, PasswordRequest.class);
    users.setPassword(Caller.principal(context), context.pathParam("name"), request.password());
    context.status(204);
  }

  private void removeUser(Context context) {
    users.remove(Caller.principal(context), context.pathParam("name"));
    context.status(204);
  }

  private void createToken(Context context) {
    TokenRequest request = Json.read(context, TokenRequest.class);
    Json.answer(
        context,
        tokens.create(
            Caller.principal(context), role(request.role()), purpose(request.purpose(), "")));
  }

  private void revokeToken(Context context) {
    tokens.revoke(Caller.principal(context), context.pathParam("id"));
    context.status(204);
  }

  private static UserRole role(String text) {
    try {
      return UserRole.parse(text);
    } catch (IllegalArgumentException e) {
      throw new Refusal(Reason.USAGE, String.valueOf(e.getMessage()));
    }
  }

  private static String purpose(@Nullable String text, String otherwise) {
    return text == null ? otherwise : text;
  }
}
