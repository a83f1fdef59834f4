package org.gemel.mirror.system;

import java.lang.foreign.ValueLayout;

/** Where the kernel queues what happened to files; read without waiting. */
public final class EventQueue extends Pollable {
  private final Descriptor descriptor;

  EventQueue(long number, String name) {
    this.descriptor = new Descriptor(number, () -> name);
  }

  /**
   * The next whole events as the kernel writes them, up to 256 KiB; nothing if there are none. An
   * array of its own, so that what is done about an event may make other calls.
   */
  public byte[] read() throws SystemCallException {
    CallMemory memory = CallMemory.ofThisThread();
    long filled =
        Kernel.call(
            SystemCall.READ, descriptor.number(), memory.block().address(), CallMemory.BLOCK_BYTES);
    if (filled == -Errno.EAGAIN) {
      return new byte[0];
    }
    SystemCallException.check(filled, SystemCall.READ, descriptor.described());
    return memory.block().asSlice(0, filled).toArray(ValueLayout.JAVA_BYTE);
  }

  @Override
  Descriptor descriptor() {
    return descriptor;
  }

  @Override
  short interest() {
    return READABLE;
  }
}
