package org.gemel.core;

/** How a device stands to the two sides. */
public enum Attachment {
  /** Belongs to one side for ever; has a twin on the other. */
  DEDICATED,
  /** Uses one side at a time and can be moved to the other. */
  SWITCHABLE,
  /** Stands outside both sides and is never moved. */
  ASSOCIATED
}
