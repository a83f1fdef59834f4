package org.gemel.mirror.system;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;

/** Waits for several things at once, and can be woken for good by another thread. */
public final class Wait implements AutoCloseable {
  private static final int MOST = 8;
  private static final int ENTRY = 8;
  private static final int TIME_AT = MOST * ENTRY;

  private final Descriptor wakener;

  private Wait(Descriptor wakener) {
    this.wakener = wakener;
  }

  public static Wait open() throws SystemCallException {
    long number = Kernel.call(SystemCall.EVENTFD2, 0, Open.CLOSE_ON_EXEC | Open.NO_WAIT);
    SystemCallException.check(number, SystemCall.EVENTFD2, () -> "eventfd");
    return new Wait(new Descriptor(number, () -> "eventfd"));
  }

  /**
   * Waits until something is ready, it is woken, or patience ends.
   *
   * @return which are ready, by their place in the list; nothing if woken or out of patience
   */
  public BitSet await(Duration patience, List<Pollable> wanted) throws SystemCallException {
    if (wanted.size() >= MOST) {
      throw new IllegalArgumentException(
          "found " + wanted.size() + " things to wait for, wanted less than " + MOST);
    }
    MemorySegment memory = CallMemory.ofThisThread().structure();
    write(memory, 0, wakener.number(), Pollable.READABLE);
    for (int i = 0; i < wanted.size(); i++) {
      Pollable each = wanted.get(i);
      write(memory, i + 1, each.descriptor().number(), each.interest());
    }
    Duration rest = patience.isNegative() ? Duration.ZERO : patience;
    memory.set(ValueLayout.JAVA_LONG, TIME_AT, rest.toSeconds());
    memory.set(ValueLayout.JAVA_LONG, TIME_AT + 8, rest.toNanosPart());
    long result =
        Kernel.call(
            SystemCall.PPOLL,
            memory.address(),
            wanted.size() + 1,
            memory.address() + TIME_AT,
            0,
            8);
    SystemCallException.check(result, SystemCall.PPOLL, () -> "waiting for events");
    BitSet ready = new BitSet();
    for (int i = 0; i < wanted.size(); i++) {
      ready.set(i, memory.get(ValueLayout.JAVA_SHORT, (i + 1L) * ENTRY + 6) != 0);
    }
    return ready;
  }

  private static void write(MemorySegment memory, long index, int number, short interest) {
    memory.set(ValueLayout.JAVA_INT, index * ENTRY, number);
    memory.set(ValueLayout.JAVA_SHORT, index * ENTRY + 4, interest);
    memory.set(ValueLayout.JAVA_SHORT, index * ENTRY + 6, (short) 0);
  }

  /** Ends every wait, this and all to come, at once. */
  public void wake() throws SystemCallException {
    MemorySegment one = CallMemory.ofThisThread().structure();
    one.set(ValueLayout.JAVA_LONG, 0, 1);
    long result = Kernel.call(SystemCall.WRITE, wakener.number(), one.address(), 8);
    SystemCallException.check(result, SystemCall.WRITE, wakener.described());
  }

  @Override
  public void close() {
    wakener.close();
  }
}
