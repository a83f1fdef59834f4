package org.gemel.database;

import org.jspecify.annotations.Nullable;

/**
 * An operation was refused, or did not come to its end. The message is one sentence for a person:
 * found, wanted, what to do. It never contains a password.
 */
public final class DatabaseFailure extends Exception {
  private static final long serialVersionUID = 1L;

  /** What a caller may do about it. */
  public enum Kind {
    /** The server did not answer; nothing is known about what it did. Repeat when it answers. */
    UNREACHABLE,
    /** A condition does not hold, and nothing was changed. Repeating alone does not help. */
    REFUSED,
    /** It was begun and not finished in its time. Repeating is safe and goes on. */
    UNFINISHED,
    /** The server reported an error that was not foreseen. Repeating is safe. */
    BROKEN
  }

  private final Kind kind;

  DatabaseFailure(Kind kind, String found, String wanted, String toDo) {
    this(kind, found, wanted, toDo, null);
  }

  DatabaseFailure(Kind kind, String found, String wanted, String toDo, @Nullable Throwable cause) {
    super("found " + found + ", wanted " + wanted + ": " + toDo, cause);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }

  /** The sentence for a person. */
  public String words() {
    return String.valueOf(getMessage());
  }

  /** Nothing was changed. */
  public static DatabaseFailure refused(String found, String wanted, String toDo) {
    return new DatabaseFailure(Kind.REFUSED, found, wanted, toDo);
  }

  /** It is safe to repeat. */
  public static DatabaseFailure unfinished(String found, String wanted, String toDo) {
    return new DatabaseFailure(Kind.UNFINISHED, found, wanted, toDo);
  }
}
