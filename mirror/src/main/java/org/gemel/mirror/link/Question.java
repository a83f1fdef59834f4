package org.gemel.mirror.link;

import org.gemel.mirror.system.PackedForm.BrokenFormException;

/** One thing that can be asked about a held folder or an entry of it. */
enum Question {
  FOLDER_STATUS(0, false),
  FOLDER_ATTRIBUTES(1, false),
  STATUS(2, true),
  ATTRIBUTES(3, true),
  LINK_TARGET(4, true),
  /** What the marker file of this name holds; asked of the root. */
  MARKER(5, true);

  private final int code;
  private final boolean ofEntry;

  Question(int code, boolean ofEntry) {
    this.code = code;
    this.ofEntry = ofEntry;
  }

  int code() {
    return code;
  }

  boolean ofEntry() {
    return ofEntry;
  }

  static Question of(int code) throws BrokenFormException {
    for (Question each : values()) {
      if (each.code == code) {
        return each;
      }
    }
    throw new BrokenFormException("found question " + code + ", wanted one that is known");
  }
}
