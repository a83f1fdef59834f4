package org.gemel.core;

/** How the two sides of a pair stand to each other. */
public enum PairMode {
  /** Exactly one side is main, the other is its backup. */
  MIRRORED,
  /** Both sides are main and go their own ways; nothing is mirrored. */
  SPLIT
}
