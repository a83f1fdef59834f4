package org.gemel.mirror.link;

/** What a frame PACK holds, one after the other. */
final class FileRecord {
  /** A file begins: its number in the request, status, attributes. */
  static final int FILE = 1;

  /** A piece of it: place, length, bytes. */
  static final int DATA = 2;

  /** It ends: how, and the hash of what was sent. */
  static final int END = 3;

  /** A file could not be opened or looked at: its number in the request, and why. */
  static final int FAILED = 4;

  /** How a file ends: it held still while it was read. */
  static final int STILL = 0;

  /** It changed meanwhile. */
  static final int RESTLESS = 1;

  /** The rest was not wanted. */
  static final int CANCELLED = 2;

  /** It could not be read on; why follows. */
  static final int BROKEN = 3;

  private FileRecord() {}
}
