package org.gemel.postgres;

/** A PostgreSQL server could not be made, started or stopped. The message is fit for a person. */
public final class PostgresFailure extends Exception {
  private static final long serialVersionUID = 1L;

  PostgresFailure(String found, String wanted, String toDo) {
    super("found " + found + ", wanted " + wanted + ": " + toDo);
  }

  PostgresFailure(String found, String wanted, String toDo, Throwable cause) {
    super("found " + found + ", wanted " + wanted + ": " + toDo, cause);
  }
}
