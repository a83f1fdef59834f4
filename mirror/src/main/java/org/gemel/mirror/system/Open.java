package org.gemel.mirror.system;

/** The call that opens, and its flags that are alike on all processors. */
final class Open {
  static final int WRITE_ONLY = 1;
  static final int CREATE = 0x40;
  static final int EXCLUSIVE = 0x80;
  static final int NO_WAIT = 0x800;
  static final int CLOSE_ON_EXEC = 0x80000;
  static final int PATH_ONLY = 0x200000;

  private Open() {}

  static int at(int folder, byte[] name, int flags, int mode, Described described)
      throws SystemCallException {
    long text = CallMemory.ofThisThread().first(name);
    return (int)
        SystemCallException.check(
            Kernel.call(SystemCall.OPENAT, folder, text, flags, mode),
            SystemCall.OPENAT,
            described);
  }
}
