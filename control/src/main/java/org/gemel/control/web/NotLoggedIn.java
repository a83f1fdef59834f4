package org.gemel.control.web;

/** The request needs a log-in and has none that holds. */
final class NotLoggedIn extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NotLoggedIn(String message) {
    super(message);
  }
}
