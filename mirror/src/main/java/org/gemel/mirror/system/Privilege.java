package org.gemel.mirror.system;

/** Whether this process may give files away. */
public final class Privilege {
  private static final long USER = Kernel.call(SystemCall.GETEUID, 0);
  private static final boolean ROOT = USER == 0;

  private Privilege() {}

  /**
   * Whether it runs as root: then owners are part of the mirror, and unreadable files can be read.
   */
  public static boolean isRoot() {
    return ROOT;
  }

  /** Whether a user is the one this process runs as. */
  public static boolean isOwn(int owner) {
    return owner == (int) USER;
  }
}
