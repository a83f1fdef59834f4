package org.gemel.ledger;

/** The ledger could not be read or written; whether a write took place is not known. */
public class LedgerFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public LedgerFailure(String message) {
    super(message);
  }

  public LedgerFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
