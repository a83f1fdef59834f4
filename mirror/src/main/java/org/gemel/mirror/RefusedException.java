package org.gemel.mirror;

import java.util.Optional;

/** Carries a refusal out of the guards. */
final class RefusedException extends Exception {
  private final transient Refusal refusal;

  RefusedException(Refusal refusal) {
    super(refusal.reason());
    this.refusal = refusal;
  }

  /** A refusal that no option overrides. */
  static RefusedException because(String reason) {
    return new RefusedException(new Refusal(reason, Optional.empty()));
  }

  Refusal refusal() {
    return refusal;
  }
}
