package org.gemel.control.web;

import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.util.Set;

/**
 * One route. A route that is not read-only is for administrators, unless its path stands in the
 * short list of those that change nothing in the facility; so that a new one cannot be opened to
 * viewers by oversight.
 */
record Route(HandlerType method, String path, Access access, Handler handler) {
  private static final Set<String> HARMLESS =
      Set.of(
          "/login",
          "/logout",
          "/api/v1/login",
          "/api/v1/operations/explain",
          // What is the caller's own; the classes of people refuse the rest.
          "/api/v1/users/{name}/password",
          "/api/v1/tokens",
          "/api/v1/tokens/{id}");

  Route {
    if (!method.equals(HandlerType.GET)
        && access != Access.ADMINISTRATOR
        && !HARMLESS.contains(path)) {
      throw new IllegalArgumentException(
          "found " + method + " " + path + " open to viewers, wanted administrators only");
    }
  }

  static Route get(String path, Handler handler) {
    return new Route(HandlerType.GET, path, Access.VIEWER, handler);
  }

  static Route post(String path, Handler handler) {
    return new Route(HandlerType.POST, path, Access.ADMINISTRATOR, handler);
  }

  static Route delete(String path, Handler handler) {
    return new Route(HandlerType.DELETE, path, Access.ADMINISTRATOR, handler);
  }

  Route openTo(Access wider) {
    return new Route(method, path, wider, handler);
  }
}
