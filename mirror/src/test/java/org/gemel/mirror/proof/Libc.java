package org.gemel.mirror.proof;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/** The few things {@code java.nio.file} cannot do to a tree. Shares nothing with the mirror. */
final class Libc {
  private static final int AT_CURRENT = -100;
  private static final int EXCHANGE = 2;

  private static final MethodHandle RENAME =
      link(
          "renameat2",
          ValueLayout.JAVA_INT,
          ValueLayout.ADDRESS,
          ValueLayout.JAVA_INT,
          ValueLayout.ADDRESS,
          ValueLayout.JAVA_INT);
  private static final MethodHandle MAKE_FIFO =
      link("mkfifo", ValueLayout.ADDRESS, ValueLayout.JAVA_INT);
  private static final MethodHandle KILL = link("kill", ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);

  private Libc() {}

  private static MethodHandle link(String function, MemoryLayout... arguments) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow(function),
        FunctionDescriptor.of(ValueLayout.JAVA_INT, arguments));
  }

  /** Swaps two names in one step; says whether it could. */
  static boolean exchange(Path one, Path other) {
    try (Arena arena = Arena.ofConfined()) {
      return 0
          == (int)
              RENAME.invokeExact(
                  AT_CURRENT, text(arena, one), AT_CURRENT, text(arena, other), EXCHANGE);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  static boolean makeFifo(Path path) {
    try (Arena arena = Arena.ofConfined()) {
      return 0 == (int) MAKE_FIFO.invokeExact(text(arena, path), 0644);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  /** SIGKILL to this very process. */
  static void killMyself() {
    try {
      int _ = (int) KILL.invokeExact((int) ProcessHandle.current().pid(), 9);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  private static MemorySegment text(Arena arena, Path path) {
    byte[] bytes = RawName.bytes(path.toAbsolutePath());
    MemorySegment text = arena.allocate(bytes.length + 1);
    MemorySegment.copy(bytes, 0, text, ValueLayout.JAVA_BYTE, 0, bytes.length);
    return text;
  }
}
