package org.gemel.core;

/** What a side is to its pair at a moment. */
public enum Role {
  /** Clients work with it; where the pair is mirrored, the other side follows it. */
  MAIN,
  /** Refuses client writes; where mirroring runs, it follows main. */
  BACKUP
}
