package org.gemel.mirror.system;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * How large a volume is.
 *
 * @param total bytes it has in all
 * @param available bytes an ordinary user could still write
 */
public record VolumeRoom(long total, long available) {
  /** Reads the kernel's {@code struct statfs}, which is alike on the processors known here. */
  static VolumeRoom of(Descriptor descriptor) throws SystemCallException {
    MemorySegment statfs = CallMemory.ofThisThread().structure();
    SystemCallException.check(
        Kernel.call(SystemCall.FSTATFS, descriptor.number(), statfs.address()),
        SystemCall.FSTATFS,
        descriptor.described());
    long fragment = statfs.get(ValueLayout.JAVA_LONG, 72);
    long block = fragment > 0 ? fragment : statfs.get(ValueLayout.JAVA_LONG, 8);
    return new VolumeRoom(
        statfs.get(ValueLayout.JAVA_LONG, 16) * block,
        statfs.get(ValueLayout.JAVA_LONG, 32) * block);
  }
}
