package org.gemel.mirror.system;

/** Whether this process may give files away. */
public final class Privilege {
  private static final boolean ROOT = Kernel.call(SystemCall.GETEUID, 0) == 0;

  private Privilege() {}

  /**
   * Whether it runs as root: then owners are part of the mirror, and unreadable files can be read.
   */
  public static boolean isRoot() {
    return ROOT;
  }
}
