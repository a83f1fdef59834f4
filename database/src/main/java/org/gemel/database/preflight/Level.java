package org.gemel.database.preflight;

/** How much a finding matters. */
public enum Level {
  /** A start now would fail, stall later, or harm main: it is not begun. */
  BLOCKER,
  /** A start works; something will be missing, slow or dangerous later. */
  WARNING,
  /** Good to know; nothing need be done. */
  NOTE
}
