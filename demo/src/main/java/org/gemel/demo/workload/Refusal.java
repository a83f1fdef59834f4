package org.gemel.demo.workload;

/** An act that must not go on, for a reason in words. */
final class Refusal extends Exception {
  private static final long serialVersionUID = 1L;

  Refusal(String reason) {
    super(reason);
  }
}
