package org.gemel.control.web;

import io.javalin.http.Context;
import org.gemel.control.api.Principal;
import org.gemel.control.people.Session;
import org.jspecify.annotations.Nullable;

/**
 * Who sent a request, as the {@link Gate} found out.
 *
 * @param session null where it came with a token
 */
record Caller(Principal principal, @Nullable Session session) {
  private static final String ATTRIBUTE = "gemel.caller";

  void attachTo(Context context) {
    context.attribute(ATTRIBUTE, this);
  }

  static Caller of(Context context) {
    Caller caller = context.attribute(ATTRIBUTE);
    if (caller == null) {
      throw new IllegalStateException("a route that anybody may use asked who its caller is");
    }
    return caller;
  }

  static Principal principal(Context context) {
    return of(context).principal();
  }

  /** What the page sends back with each change. */
  String csrf() {
    return session == null ? "" : session.csrf();
  }
}
