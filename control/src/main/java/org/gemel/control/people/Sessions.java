package org.gemel.control.people;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.gemel.control.api.ControlPoint;
import org.gemel.control.api.Principal;
import org.gemel.ledger.Key;
import org.gemel.ledger.Ledger;
import org.gemel.ledger.LedgerConflict;
import org.gemel.ledger.Versioned;

/**
 * Browsers that are logged in. They are in the ledger, under the cookie's fingerprint, so a restart
 * of the control point keeps people logged in and a reader of the ledger cannot become one of them.
 *
 * <p>A session ends by log-out, idleness, age, its user's removal, and a new password. Role and
 * existence of the user are looked up at each request, so taking them away works at once.
 */
public final class Sessions {
  private static final String FOLDER = "people/sessions";

  /** "Last seen" is written at most this often. */
  private static final Duration SEEN_WRITTEN_EVERY = Duration.ofMinutes(1);

  private final Ledger ledger;
  private final ControlPoint control;
  private final Users users;
  private final SessionLimits limits;
  private final Throttle throttle = new Throttle();

  record Entry(String user, Instant passwordSetAt, Instant createdAt, Instant lastSeenAt) {}

  public Sessions(Ledger ledger, ControlPoint control, Users users, SessionLimits limits) {
    this.ledger = ledger;
    this.control = control;
    this.users = users;
    this.limits = limits;
  }

  public SessionLimits limits() {
    return limits;
  }

  /**
   * Logs in.
   *
   * @param address where the browser is, for the audit log and for slowing down guesses
   * @return empty where name or password is wrong; which of the two is not said
   * @throws org.gemel.control.api.Refusal after too many failures, with how long to wait
   */
  public Optional<Session> logIn(String name, String password, String address) {
    Optional<Principal> principal = check(name, password, address);
    if (principal.isEmpty()) {
      return Optional.empty();
    }
    sweep();
    UserView user = users.find(name).orElseThrow();
    String cookie = Secrets.create();
    Instant now = control.now();
    ledger.create(key(cookie), new Entry(name, user.passwordSetAt(), now, now));
    control.recordAudit(name, "logged in from " + address, "done");
    return Optional.of(session(principal.get(), cookie));
  }

  /** Checks name and password without a session, for a script that wants a token. */
  public Optional<Principal> check(String name, String password, String address) {
    throttle.admit(name, address, control.now());
    if (!users.verify(name, password)) {
      throttle.failed(name, address, control.now());
      control.recordAudit(
          users.find(name).isPresent() ? name : "unknown user",
          "log-in from " + address,
          "refused: wrong name or password");
      return Optional.empty();
    }
    throttle.succeeded(name, address);
    return users.find(name).map(Sessions::principal);
  }

  /** The session of a cookie, and that it was used now. */
  public Optional<Session> find(String cookie) {
    return look(cookie, true);
  }

  /** The session of a cookie, not counted as a use: for an open page that nobody may be at. */
  public Optional<Session> peek(String cookie) {
    return look(cookie, false);
  }

  public void logOut(String cookie) {
    Optional<Versioned<Entry>> found = ledger.read(key(cookie));
    if (found.isEmpty()) {
      return;
    }
    end(key(cookie), found.get());
    control.recordAudit(found.get().value().user(), "logged out", "done");
  }

  private Optional<Session> look(String cookie, boolean inUse) {
    Optional<Versioned<Entry>> found = ledger.read(key(cookie));
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Entry entry = found.get().value();
    Optional<UserView> user = users.find(entry.user());
    if (over(entry)
        || user.isEmpty()
        || !user.get().passwordSetAt().equals(entry.passwordSetAt())) {
      end(key(cookie), found.get());
      return Optional.empty();
    }
    if (inUse) {
      noteSeen(key(cookie), found.get());
    }
    return Optional.of(session(principal(user.get()), cookie));
  }

  private boolean over(Entry entry) {
    Instant now = control.now();
    return !now.isBefore(entry.createdAt().plus(limits.absolute()))
        || !now.isBefore(entry.lastSeenAt().plus(limits.idle()));
  }

  private void noteSeen(Key<Entry> key, Versioned<Entry> found) {
    Entry entry = found.value();
    Instant now = control.now();
    if (entry.lastSeenAt().plus(SEEN_WRITTEN_EVERY).isAfter(now)) {
      return;
    }
    try {
      ledger.update(
          key,
          new Entry(entry.user(), entry.passwordSetAt(), entry.createdAt(), now),
          found.version());
    } catch (LedgerConflict seenMeanwhile) {
      // Another request of the same browser wrote its time, or logged out.
      return;
    }
  }

  private void sweep() {
    for (String name : ledger.names(FOLDER)) {
      Key<Entry> key = new Key<>(FOLDER, name, Entry.class);
      ledger.read(key).filter(found -> over(found.value())).ifPresent(found -> end(key, found));
    }
  }

  private void end(Key<Entry> key, Versioned<Entry> found) {
    try {
      ledger.delete(key, found.version());
    } catch (LedgerConflict changedMeanwhile) {
      // Seen or ended meanwhile; taken out whatever it says now.
      ledger.read(key).ifPresent(again -> end(key, again));
    }
  }

  private static Principal principal(UserView user) {
    return new Principal(user.name(), user.role() == UserRole.ADMINISTRATOR);
  }

  private static Session session(Principal principal, String cookie) {
    return new Session(principal, cookie, Secrets.derive(cookie, "csrf"));
  }

  private static Key<Entry> key(String cookie) {
    return new Key<>(FOLDER, Secrets.fingerprint(cookie), Entry.class);
  }
}
