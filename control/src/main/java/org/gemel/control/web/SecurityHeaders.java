package org.gemel.control.web;

import io.javalin.http.Context;

/** What every answer tells the browser to forbid: foreign scripts, frames, guesses at types. */
final class SecurityHeaders {
  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

  private SecurityHeaders() {}

  static void add(Context context, boolean tls) {
    context
        .header("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        .header("X-Content-Type-Options", "nosniff")
        .header("X-Frame-Options", "DENY")
        .header("Referrer-Policy", "no-referrer")
        .header("Cross-Origin-Opener-Policy", "same-origin")
        .header("Cross-Origin-Resource-Policy", "same-origin");
    if (tls) {
      context.header("Strict-Transport-Security", "max-age=31536000");
    }
    if (!context.path().startsWith("/static/")) {
      context.header("Cache-Control", "no-store");
    }
  }
}
