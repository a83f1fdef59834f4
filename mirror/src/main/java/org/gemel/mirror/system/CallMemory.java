package org.gemel.mirror.system;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The memory one thread hands to the kernel. Each area is used within a single method and never
 * across calls of other methods here, so they can be shared without copying or allocating per call.
 */
final class CallMemory {
  static final int PATH_BYTES = 8 * 1024;
  static final int BLOCK_BYTES = 256 * 1024;

  private static final ThreadLocal<CallMemory> OF_THREAD = ThreadLocal.withInitial(CallMemory::new);

  private final MemorySegment capture;
  private final MemorySegment first;
  private final MemorySegment second;
  private final MemorySegment structure;
  private final MemorySegment block;

  private CallMemory() {
    Arena arena = Arena.ofAuto();
    capture = arena.allocate(Kernel.CAPTURE);
    first = arena.allocate(PATH_BYTES);
    second = arena.allocate(PATH_BYTES);
    structure = arena.allocate(256, 8);
    block = arena.allocate(BLOCK_BYTES, 8);
  }

  static CallMemory ofThisThread() {
    return OF_THREAD.get();
  }

  MemorySegment capture() {
    return capture;
  }

  MemorySegment structure() {
    return structure;
  }

  MemorySegment block() {
    return block;
  }

  /** Writes a C string to the first area and returns its address. */
  long first(byte[] text) {
    return write(first, text);
  }

  /** Writes a C string to the second area and returns its address. */
  long second(byte[] text) {
    return write(second, text);
  }

  MemorySegment secondArea() {
    return second;
  }

  /**
   * Writes the path by which the kernel reaches a held descriptor, whatever its names have become.
   */
  long descriptorPath(int descriptor) {
    return first(("/proc/self/fd/" + descriptor).getBytes(StandardCharsets.US_ASCII));
  }

  /** Writes the path of one name in a held folder. */
  long entryPath(int folder, EntryName name) {
    byte[] start = ("/proc/self/fd/" + folder + "/").getBytes(StandardCharsets.US_ASCII);
    byte[] end = name.bytes();
    byte[] whole = Arrays.copyOf(start, start.length + end.length);
    System.arraycopy(end, 0, whole, start.length, end.length);
    return first(whole);
  }

  private static long write(MemorySegment area, byte[] text) {
    if (text.length >= PATH_BYTES) {
      throw new IllegalArgumentException(
          "found a path of " + text.length + " bytes, wanted less than " + PATH_BYTES);
    }
    MemorySegment.copy(text, 0, area, ValueLayout.JAVA_BYTE, 0, text.length);
    area.set(ValueLayout.JAVA_BYTE, text.length, (byte) 0);
    return area.address();
  }
}
