package org.gemel.mirror.system;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * Enters the kernel. Every argument is a number; memory is passed by its address and always comes
 * from {@link CallMemory}, which lives as long as its thread, so nothing can be collected under a
 * running call.
 */
final class Kernel {
  static final StructLayout CAPTURE = Linker.Option.captureStateLayout();

  private static final VarHandle ERRNO =
      CAPTURE.varHandle(PathElement.groupElement("errno")).withInvokeExactBehavior();

  private static final MethodHandle SYSCALL = link();

  private Kernel() {}

  private static MethodHandle link() {
    Linker linker = Linker.nativeLinker();
    ValueLayout.OfLong number = ValueLayout.JAVA_LONG;
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow("syscall"),
        FunctionDescriptor.of(number, number, number, number, number, number, number, number),
        Linker.Option.firstVariadicArg(1),
        Linker.Option.captureCallState("errno"));
  }

  /**
   * Makes a call, again as long as a signal interrupts it.
   *
   * @return what the kernel returned, or {@code -errno}
   */
  static long call(SystemCall call, long a, long b, long c, long d, long e, long f) {
    return Faults.POSSIBLE ? Faults.call(call, a, b, c, d, e, f) : enter(call, a, b, c, d, e, f);
  }

  /** Makes a call that no test stands in the way of. */
  static long enter(SystemCall call, long a, long b, long c, long d, long e, long f) {
    MemorySegment capture = CallMemory.ofThisThread().capture();
    while (true) {
      long result = invoke(capture, call.number(), a, b, c, d, e, f);
      if (result != -1) {
        return result;
      }
      int errno = (int) ERRNO.get(capture, 0L);
      // close(2) has released the descriptor even when interrupted: a second one could hit a
      // stranger's.
      if (errno != Errno.EINTR || call == SystemCall.CLOSE) {
        return -errno;
      }
    }
  }

  static long call(SystemCall call, long a) {
    return call(call, a, 0, 0, 0, 0, 0);
  }

  static long call(SystemCall call, long a, long b) {
    return call(call, a, b, 0, 0, 0, 0);
  }

  static long call(SystemCall call, long a, long b, long c) {
    return call(call, a, b, c, 0, 0, 0);
  }

  static long call(SystemCall call, long a, long b, long c, long d) {
    return call(call, a, b, c, d, 0, 0);
  }

  static long call(SystemCall call, long a, long b, long c, long d, long e) {
    return call(call, a, b, c, d, e, 0);
  }

  private static long invoke(
      MemorySegment capture, long number, long a, long b, long c, long d, long e, long f) {
    try {
      return (long) SYSCALL.invokeExact(capture, number, a, b, c, d, e, f);
    } catch (Throwable unexpected) {
      throw new AssertionError("a system call cannot throw", unexpected);
    }
  }
}
