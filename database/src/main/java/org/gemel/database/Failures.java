package org.gemel.database;

import java.sql.SQLException;
import java.util.List;
import org.gemel.database.DatabaseFailure.Kind;

/** Puts a server's errors into words, without passwords. */
final class Failures {
  static final String NO_CONNECT_PRIVILEGE = "42501";
  static final String OBJECT_IN_USE = "55006";
  static final String UNDEFINED_OBJECT = "42704";
  static final String STATEMENT_CANCELLED = "57014";
  private static final String LOCK_NOT_AVAILABLE = "55P03";
  private static final List<String> CLASH = List.of("23505", "23P01");
  private static final String DEADLOCK = "40P01";
  private static final List<String> NOT_LET_IN = List.of("28000", "28P01", "3D000");

  private Failures() {}

  static String state(SQLException e) {
    String state = e.getSQLState();
    return state == null ? "" : state;
  }

  /**
   * Whether somebody else holds what was wanted, for longer than could be waited, or waits himself
   * for what is held here.
   */
  static boolean isLocked(SQLException e) {
    return state(e).equals(LOCK_NOT_AVAILABLE) || state(e).equals(DEADLOCK);
  }

  /** Whether a server answered, and turned its caller away. */
  static boolean isNotLetIn(SQLException e) {
    return NOT_LET_IN.contains(state(e));
  }

  /** Whether another row has what only one may have. */
  static boolean isClash(SQLException e) {
    return CLASH.contains(state(e));
  }

  /** Whether the server may be gone, so that nothing is known about what it did. */
  static boolean isLossOfConnection(SQLException e) {
    return state(e).startsWith("08") || state(e).startsWith("57P");
  }

  /**
   * @param where the database, in words
   * @param secrets never to appear in the message
   */
  static DatabaseFailure of(SQLException e, String where, Credentials... secrets) {
    String state = state(e);
    String said = "'" + words(e, secrets) + "' from the database " + where;
    // The driver's own exception is not kept as the cause: it would show what was just taken out.
    if (isLossOfConnection(e)) {
      return new DatabaseFailure(
          Kind.UNREACHABLE, said, "an answer", "see that the server runs and can be reached");
    }
    if (isLocked(e)) {
      return new DatabaseFailure(
          Kind.UNFINISHED,
          said,
          "a lock that somebody else holds",
          "end the session that holds it (or wait for the operation under way) and repeat");
    }
    if (state.equals(STATEMENT_CANCELLED)) {
      return new DatabaseFailure(
          Kind.UNFINISHED, said, "the server to finish in time", "repeat when it is less busy");
    }
    if (isNotLetIn(e)) {
      return new DatabaseFailure(
          Kind.REFUSED, said, "to be let in", "correct user, password or name in the settings");
    }
    return new DatabaseFailure(
        Kind.BROKEN,
        said + (state.isEmpty() ? "" : " (" + state + ")"),
        "no error",
        "cure what it names and repeat");
  }

  static String words(SQLException e, Credentials... secrets) {
    String words = String.valueOf(e.getMessage()).strip().replaceAll("\\s*\\n\\s*", "; ");
    for (Credentials secret : secrets) {
      if (!secret.password().isEmpty()) {
        words =
            words
                .replace(Sql.literal(secret.password()), "'***'")
                .replace(secret.password(), "***");
      }
    }
    return words;
  }
}
