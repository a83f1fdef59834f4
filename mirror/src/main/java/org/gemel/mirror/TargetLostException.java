package org.gemel.mirror;

/**
 * The target cannot be reached any more, also not after trying again: the pass ends. What was done
 * is whole.
 */
final class TargetLostException extends RuntimeException {
  TargetLostException(String message) {
    super(message);
  }
}
