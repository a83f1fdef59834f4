package org.gemel.control.web;

import java.time.Duration;
import org.gemel.control.api.PairStatus;
import org.gemel.control.api.Principal;
import org.gemel.control.fake.FakeControlPoint;
import org.gemel.control.people.SessionLimits;
import org.gemel.control.people.Sessions;
import org.gemel.control.people.Tokens;
import org.gemel.control.people.UserRole;
import org.gemel.control.people.Users;
import org.gemel.ledger.MemoryLedger;

/** A web server over a fake control point, with an administrator and a viewer. */
final class Site implements AutoCloseable {
  static final String PASSWORD = "correct horse";
  static final Principal ADMINISTRATOR = new Principal("admin", true);
  static final Principal VIEWER = new Principal("guest", false);

  final FakeControlPoint control;
  final Users users;
  final Tokens tokens;
  final Sessions sessions;
  final WebServer server;

  Site(PairStatus status) {
    MemoryLedger ledger = new MemoryLedger();
    control = new FakeControlPoint(status);
    users = Users.forTests(ledger, control);
    users.addFirst("admin", PASSWORD);
    users.add(ADMINISTRATOR, "guest", PASSWORD, UserRole.VIEWER);
    tokens = new Tokens(ledger, control, users);
    sessions =
        new Sessions(
            ledger, control, users, new SessionLimits(Duration.ofHours(12), Duration.ofDays(7)));
    server = new WebServer(control, users, tokens, sessions, WebSettings.loopback(0));
    server.start();
  }

  String url() {
    return server.url();
  }

  @Override
  public void close() {
    server.close();
  }
}
