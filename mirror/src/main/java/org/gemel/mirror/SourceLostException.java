package org.gemel.mirror;

/**
 * The source cannot be reached any more: nothing that is asked of it from now on has an answer, so
 * the pass ends. What was done is whole.
 */
public final class SourceLostException extends RuntimeException {
  public SourceLostException(String message) {
    super(message);
  }
}
