package org.gemel.ledger;

/** Somebody else was first; nothing was written. Read again and decide again. */
public final class LedgerConflict extends LedgerFailure {
  private static final long serialVersionUID = 1L;

  public LedgerConflict(String message) {
    super(message);
  }
}
