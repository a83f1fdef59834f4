package org.gemel.control.web;

import io.javalin.security.RouteRole;

/** Who may use a route. Every route has exactly one. */
enum Access implements RouteRole {
  /** Without log-in. */
  ANYBODY,
  /** Anybody logged in. */
  VIEWER,
  /** Changes something in the facility. */
  ADMINISTRATOR
}
