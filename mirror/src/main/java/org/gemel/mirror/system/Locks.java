package org.gemel.mirror.system;

/** Advisory locks that the kernel releases when their holder ends, however it ends. */
final class Locks {
  private static final int EXCLUSIVE = 2;
  private static final int WITHOUT_WAITING = 4;
  private static final int RELEASE = 8;

  private Locks() {}

  static boolean tryLock(Descriptor descriptor) throws SystemCallException {
    long result = Kernel.call(SystemCall.FLOCK, descriptor.number(), EXCLUSIVE | WITHOUT_WAITING);
    if (result == -Errno.EAGAIN) {
      return false;
    }
    SystemCallException.check(result, SystemCall.FLOCK, descriptor.described());
    return true;
  }

  static void unlock(Descriptor descriptor) throws SystemCallException {
    SystemCallException.check(
        Kernel.call(SystemCall.FLOCK, descriptor.number(), RELEASE),
        SystemCall.FLOCK,
        descriptor.described());
  }
}
