package org.gemel.control.people;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.gemel.control.api.ControlPoint;
import org.gemel.control.api.Principal;
import org.gemel.control.api.Refusal;
import org.gemel.control.api.Refusal.Reason;
import org.gemel.ledger.Key;
import org.gemel.ledger.Ledger;
import org.gemel.ledger.LedgerConflict;
import org.gemel.ledger.Versioned;

/** The people who may log in. There is always an administrator once there was one. */
public final class Users {
  private static final Key<UserBook> BOOK = new Key<>("people", "users", UserBook.class);
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,49}");
  private static final int SHORTEST_PASSWORD = 10;
  private static final int LONGEST_PASSWORD = 200;

  private final Ledger ledger;
  private final ControlPoint control;
  private final PasswordHash passwords;

  /** Compared with when the name is unknown, so that this takes as long as a known one. */
  private final String nobody;

  public Users(Ledger ledger, ControlPoint control) {
    this(ledger, control, new PasswordHash());
  }

  Users(Ledger ledger, ControlPoint control, PasswordHash passwords) {
    this.ledger = ledger;
    this.control = control;
    this.passwords = passwords;
    this.nobody = passwords.of(Secrets.create());
  }

  /** Users with cheap hashes, for tests of what is built on them. */
  public static Users forTests(Ledger ledger, ControlPoint control) {
    return new Users(ledger, control, new PasswordHash(64, 1));
  }

  /** By name. */
  public List<UserView> list() {
    return book().users().stream()
        .map(UserBook.Entry::view)
        .sorted(Comparator.comparing(UserView::name))
        .toList();
  }

  public Optional<UserView> find(String name) {
    return book().find(name).map(UserBook.Entry::view);
  }

  /** Adds the first administrator of a new site; does nothing where there are users already. */
  public boolean addFirst(String name, String password) {
    if (!book().users().isEmpty()) {
      return false;
    }
    addUnchecked("gemel", name, password, UserRole.ADMINISTRATOR);
    return true;
  }

  public UserView add(Principal who, String name, String password, UserRole role) {
    requireAdministrator(who, "add a user");
    return addUnchecked(who.name(), name, password, role);
  }

  /** An administrator sets anybody's password; everybody else only their own. */
  public void setPassword(Principal who, String name, String password) {
    if (!who.name().equals(name)) {
      requireAdministrator(who, "set another user's password");
    }
    check(password);
    String hash = passwords.of(password);
    Instant now = control.now();
    change(
        book -> {
          UserBook.Entry old = known(book, name);
          return book.with(new UserBook.Entry(old.name(), old.role(), hash, old.createdAt(), now));
        });
    control.recordAudit(who.name(), "set the password of user " + name, "done");
  }

  public void remove(Principal who, String name) {
    requireAdministrator(who, "remove a user");
    change(
        book -> {
          known(book, name);
          if (book.isLastAdministrator(name)) {
            throw new Refusal(
                Reason.NOT_READY,
                "found "
                    + name
                    + " to be the last administrator, wanted another one to be left: add an"
                    + " administrator first");
          }
          return book.without(name);
        });
    control.recordAudit(who.name(), "removed user " + name, "done");
  }

  /** Whether that is the user's password; takes equally long where there is no such user. */
  boolean verify(String name, String password) {
    if (password.length() > LONGEST_PASSWORD) {
      return false;
    }
    Optional<UserBook.Entry> entry = book().find(name);
    boolean right = passwords.matches(password, entry.map(UserBook.Entry::hash).orElse(nobody));
    return right && entry.isPresent();
  }

  private UserView addUnchecked(String who, String name, String password, UserRole role) {
    if (!NAME.matcher(name).matches()) {
      throw new Refusal(
          Reason.USAGE,
          "found the user name '"
              + name
              + "', wanted up to 50 letters, digits, dots, dashes, underscores or @, the first a"
              + " letter or digit");
    }
    check(password);
    Instant now = control.now();
    var entry = new UserBook.Entry(name, role, passwords.of(password), now, now);
    change(
        book -> {
          if (book.find(name).isPresent()) {
            throw new Refusal(
                Reason.NOT_READY,
                "found a user " + name + " already, wanted a new name: choose another one");
          }
          return book.with(entry);
        });
    control.recordAudit(who, "added user " + name + " (" + role.words() + ")", "done");
    return entry.view();
  }

  private UserBook book() {
    return ledger.read(BOOK).map(Versioned::value).orElse(new UserBook(List.of()));
  }

  /** Decides again on what somebody else left, as long as somebody else is first. */
  private void change(UnaryOperator<UserBook> change) {
    boolean written = false;
    while (!written) {
      written = tryChange(change);
    }
  }

  private boolean tryChange(UnaryOperator<UserBook> change) {
    Optional<Versioned<UserBook>> found = ledger.read(BOOK);
    UserBook next = change.apply(found.map(Versioned::value).orElse(new UserBook(List.of())));
    try {
      if (found.isPresent()) {
        ledger.update(BOOK, next, found.get().version());
      } else {
        ledger.create(BOOK, next);
      }
      return true;
    } catch (LedgerConflict somebodyElseWasFirst) {
      return false;
    }
  }

  private static UserBook.Entry known(UserBook book, String name) {
    return book.find(name)
        .orElseThrow(
            () ->
                new Refusal(
                    Reason.UNKNOWN_NAME,
                    "found no user '" + name + "': `gemel user list` shows those there are"));
  }

  private static void check(String password) {
    if (password.length() < SHORTEST_PASSWORD || password.length() > LONGEST_PASSWORD) {
      throw new Refusal(
          Reason.USAGE,
          "found a password of "
              + password.length()
              + " characters, wanted "
              + SHORTEST_PASSWORD
              + " to "
              + LONGEST_PASSWORD
              + ": choose another one");
    }
  }

  static void requireAdministrator(Principal who, String what) {
    if (!who.administrator()) {
      throw new Refusal(
          Reason.NOT_ALLOWED,
          "found " + who.name() + " to be a viewer, wanted an administrator to " + what);
    }
  }
}
