package org.gemel.control.api;

/** Who does a step. */
public enum StepKind {
  /** Gemel does it. */
  SYSTEM,
  /** A person does it outside Gemel, or looks, and ticks it. */
  MANUAL,
  /** A person confirms that what follows may overwrite a side. */
  CONFIRMATION
}
