package org.gemel.mirror.system;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The calls that change a held inode's metadata. They go by descriptor; one that was opened for its
 * path only is reached through {@code /proc/self/fd}. Either way it is exactly this inode: a name
 * could have been swapped meanwhile.
 */
public final class InodeChanges {
  private static final int AT_CURRENT = -100;
  private static final int EMPTY_PATH = 0x1000;
  private static final long KEEP = 0x3ffffffeL;

  private final Descriptor descriptor;

  InodeChanges(Descriptor descriptor) {
    this.descriptor = descriptor;
  }

  /**
   * Sets owner and group by number. The kernel may clear set-user-id bits: set permissions after.
   */
  public void owner(int owner, int group) throws SystemCallException {
    long nothing = CallMemory.ofThisThread().first(new byte[0]);
    check(
        Kernel.call(
            SystemCall.FCHOWNAT,
            descriptor.number(),
            nothing,
            owner & 0xFFFFFFFFL,
            group & 0xFFFFFFFFL,
            EMPTY_PATH),
        SystemCall.FCHOWNAT);
  }

  /** Sets the lower 12 bits of the mode. A symbolic link has none of its own. */
  public void permissions(int permissions) throws SystemCallException {
    if (!descriptor.pathOnly()) {
      check(Kernel.call(SystemCall.FCHMOD, descriptor.number(), permissions), SystemCall.FCHMOD);
      return;
    }
    long path = CallMemory.ofThisThread().descriptorPath(descriptor.number());
    check(Kernel.call(SystemCall.FCHMODAT, AT_CURRENT, path, permissions), SystemCall.FCHMODAT);
  }

  /** Sets the time of the last modification; that of the last access stays. */
  public void modified(Timestamp time) throws SystemCallException {
    CallMemory memory = CallMemory.ofThisThread();
    MemorySegment times = memory.structure();
    times.set(ValueLayout.JAVA_LONG, 0, 0);
    times.set(ValueLayout.JAVA_LONG, 8, KEEP);
    times.set(ValueLayout.JAVA_LONG, 16, time.seconds());
    times.set(ValueLayout.JAVA_LONG, 24, time.nanos());
    boolean direct = !descriptor.pathOnly();
    check(
        Kernel.call(
            SystemCall.UTIMENSAT,
            direct ? descriptor.number() : AT_CURRENT,
            direct ? 0 : memory.descriptorPath(descriptor.number()),
            times.address(),
            0),
        SystemCall.UTIMENSAT);
  }

  /** Makes the extended attributes those wanted: sets what differs, removes what is too much. */
  public void attributes(ExtendedAttributes wanted) throws SystemCallException {
    AttributeCalls.impose(descriptor, wanted);
  }

  private void check(long result, SystemCall call) throws SystemCallException {
    SystemCallException.check(result, call, descriptor.described());
  }
}
