package org.gemel.control.people;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gemel.control.api.ControlPoint;
import org.gemel.control.api.Principal;
import org.gemel.control.api.Refusal;
import org.gemel.control.api.Refusal.Reason;
import org.gemel.ledger.Key;
import org.gemel.ledger.Ledger;
import org.gemel.ledger.LedgerConflict;
import org.gemel.ledger.Versioned;
import org.jspecify.annotations.Nullable;

/**
 * Tokens of scripts, in the form {@code gemel_<id>_<secret>}. Only the secret's fingerprint is
 * stored. A token can do no more than its owner can now: it ends with its owner, and an owner who
 * is a viewer makes it a viewer's.
 */
public final class Tokens {
  private static final String FOLDER = "people/tokens";
  private static final Pattern FORM = Pattern.compile("gemel_([0-9a-f]{12})_([A-Za-z0-9_-]{43})");
  private static final Pattern FORM_ID = Pattern.compile("[0-9a-f]{12}");

  /** "Last used" is written at most this often, for a script may ask every second. */
  private static final Duration USE_WRITTEN_EVERY = Duration.ofMinutes(1);

  private final Ledger ledger;
  private final ControlPoint control;
  private final Users users;

  record Entry(TokenView view, String fingerprint) {}

  public Tokens(Ledger ledger, ControlPoint control, Users users) {
    this.ledger = ledger;
    this.control = control;
    this.users = users;
  }

  /**
   * Makes a token of {@code who}'s own. A viewer may make a viewer's token only.
   *
   * @param purpose what it is for, in words; shown in the list
   */
  public NewToken create(Principal who, UserRole role, String purpose) {
    if (role == UserRole.ADMINISTRATOR) {
      Users.requireAdministrator(who, "make an administrator's token");
    }
    if (users.find(who.name()).isEmpty()) {
      throw new Refusal(
          Reason.UNKNOWN_NAME, "found no user '" + who.name() + "', wanted the token's owner");
    }
    String secret = Secrets.create();
    var view =
        new TokenView(Secrets.createId(), who.name(), role, purpose, control.now(), null, null);
    ledger.create(key(view.id()), new Entry(view, Secrets.fingerprint(secret)));
    control.recordAudit(
        who.name(), "created token " + view.id() + " (" + role.words() + ")", "done");
    return new NewToken(view, "gemel_" + view.id() + "_" + secret);
  }

  public List<TokenView> list() {
    return ledger.names(FOLDER).stream()
        .flatMap(id -> ledger.read(key(id)).stream())
        .map(v -> v.value().view())
        .toList();
  }

  /** Ends a token for ever: an administrator any, everybody else their own. */
  public void revoke(Principal who, String id) {
    Versioned<Entry> found = find(id).orElseThrow(() -> unknown(id));
    TokenView view = found.value().view();
    if (!view.owner().equals(who.name())) {
      Users.requireAdministrator(who, "revoke another user's token");
    }
    if (view.revokedAt() == null) {
      write(found, view.lastUsedAt(), control.now());
    }
    control.recordAudit(who.name(), "revoked token " + id, "done");
  }

  /** Whose token that is; empty if it is none, was revoked, or its owner is gone. */
  public Optional<Principal> verify(String token) {
    Matcher form = FORM.matcher(token);
    if (!form.matches()) {
      return Optional.empty();
    }
    Optional<Versioned<Entry>> found = find(form.group(1));
    if (found.isEmpty()
        || !Secrets.same(found.get().value().fingerprint(), Secrets.fingerprint(form.group(2)))
        || found.get().value().view().revokedAt() != null) {
      return Optional.empty();
    }
    TokenView view = found.get().value().view();
    Optional<UserView> owner = users.find(view.owner());
    if (owner.isEmpty()) {
      return Optional.empty();
    }
    noteUse(found.get());
    return Optional.of(
        new Principal(
            view.owner(),
            view.role() == UserRole.ADMINISTRATOR && owner.get().role() == UserRole.ADMINISTRATOR));
  }

  private void noteUse(Versioned<Entry> found) {
    Instant now = control.now();
    Instant last = found.value().view().lastUsedAt();
    if (last != null && last.plus(USE_WRITTEN_EVERY).isAfter(now)) {
      return;
    }
    try {
      write(found, now, null);
    } catch (LedgerConflict usedOrRevokedMeanwhile) {
      // Another use wrote its time, which is as good; a revocation counts from the next request.
      return;
    }
  }

  private void write(
      Versioned<Entry> found, @Nullable Instant lastUsedAt, @Nullable Instant revokedAt) {
    TokenView old = found.value().view();
    var view =
        new TokenView(
            old.id(),
            old.owner(),
            old.role(),
            old.purpose(),
            old.createdAt(),
            lastUsedAt,
            revokedAt);
    ledger.update(key(old.id()), new Entry(view, found.value().fingerprint()), found.version());
  }

  private Optional<Versioned<Entry>> find(String id) {
    return FORM_ID.matcher(id).matches() ? ledger.read(key(id)) : Optional.empty();
  }

  private static Refusal unknown(String id) {
    return new Refusal(
        Reason.UNKNOWN_NAME,
        "found no token '" + id + "': `gemel token list` shows those there are");
  }

  private static Key<Entry> key(String id) {
    return new Key<>(FOLDER, Objects.requireNonNull(id), Entry.class);
  }
}
