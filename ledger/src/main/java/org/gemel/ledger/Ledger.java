package org.gemel.ledger;

import java.util.List;
import java.util.Optional;

/**
 * The control state of a site: small documents in folders, each with a version.
 *
 * <p>A write is durable and seen by everybody when the method returns. An update names the version
 * it was made from and is refused if somebody else was first, so no write is ever lost unseen.
 * Every failure is an unchecked {@link LedgerFailure}: a caller that cannot write must not act.
 */
public interface Ledger extends AutoCloseable {

  /** Reads a document; empty where there is none. */
  <T> Optional<Versioned<T>> read(Key<T> key);

  /**
   * Writes a document that must not be there yet.
   *
   * @throws LedgerConflict if it is there
   */
  <T> Versioned<T> create(Key<T> key, T value);

  /**
   * Replaces a document.
   *
   * @throws LedgerConflict if its version is not {@code expectedVersion} any more, or it is gone
   */
  <T> Versioned<T> update(Key<T> key, T value, long expectedVersion);

  /**
   * Removes a document.
   *
   * @throws LedgerConflict if its version is not {@code expectedVersion} any more, or it is gone
   */
  void delete(Key<?> key, long expectedVersion);

  /**
   * Names of the documents in a folder, in ascending order; empty where there is no such folder.
   */
  List<String> names(String folder);

  /** Writes a document under the next number of a folder, ascending for ever; returns its name. */
  <T> String append(String folder, T value);

  /**
   * Adds one to a counter and returns it; the first is 1. No two callers ever get the same number.
   */
  long next(String counter);

  @Override
  void close();
}
