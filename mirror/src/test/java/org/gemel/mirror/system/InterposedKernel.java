package org.gemel.mirror.system;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * Stands between the mirror and the kernel until closed, and answers calls as a test wants.
 *
 * <p>Death is what the kernel sees of a killed process: from that call on not one more is made,
 * also not by {@code finally}, because each throws; and the descriptors are closed, which sets the
 * locks free. Closing waits until no thread is in the mirror's code any more, for a dead pass may
 * have had several.
 */
public final class InterposedKernel implements Faults.Interception, AutoCloseable {
  /** Ends a thread of a dead process. */
  public static final class Dead extends Error {
    Dead() {
      super("the process was killed here", null, false, false);
    }
  }

  private final Function<KernelCall, Answer> script;
  private final AtomicLong calls = new AtomicLong();
  private final Set<Long> descriptors = ConcurrentHashMap.newKeySet();
  private volatile boolean dead;

  private InterposedKernel(Function<KernelCall, Answer> script) {
    this.script = script;
  }

  public static InterposedKernel install(Function<KernelCall, Answer> script) {
    InterposedKernel kernel = new InterposedKernel(script);
    Faults.intercept(kernel);
    return kernel;
  }

  /** Whether calls can be intercepted in this process. */
  public static boolean isPossible() {
    return Faults.POSSIBLE;
  }

  /** How many calls were asked for so far. */
  public long calls() {
    return calls.get();
  }

  public boolean died() {
    return dead;
  }

  @Override
  public long call(SystemCall kind, long a, long b, long c, long d, long e, long f) {
    refuseIfDead();
    KernelCall call = new KernelCall(calls.incrementAndGet(), kind, a, b, c, d, e, f);
    return switch (script.apply(call)) {
      case Answer.Truth _ -> enter(call, c);
      case Answer.Piece(long atMost) -> shorten(call, atMost);
      case Answer.Failing(int errno) -> {
        if (call.closes()) {
          enter(call, c);
        }
        yield -errno;
      }
      case Answer.Death() -> {
        dead = true;
        throw new Dead();
      }
    };
  }

  private void refuseIfDead() {
    if (dead) {
      throw new Dead();
    }
  }

  private long shorten(KernelCall call, long atMost) {
    return switch (call.name()) {
      case "read", "write", "pread64", "pwrite64" -> enter(call, Math.min(call.c(), atMost));
      // Records are never cut, and the longest must fit.
      case "getdents64" -> enter(call, Math.min(call.c(), Math.max(atMost, 512)));
      case "copy_file_range" ->
          Kernel.enter(
              call.kind(),
              call.a(),
              call.b(),
              call.c(),
              call.d(),
              Math.min(call.e(), atMost),
              call.f());
      default -> enter(call, call.c());
    };
  }

  private long enter(KernelCall call, long third) {
    if (call.closes()) {
      descriptors.remove(call.a());
    }
    long result =
        Kernel.enter(call.kind(), call.a(), call.b(), third, call.d(), call.e(), call.f());
    if (call.opens() && result >= 0) {
      descriptors.add(result);
    }
    return result;
  }

  @Override
  public void close() {
    while (dead && othersAreInTheMirror()) {
      Thread.onSpinWait();
    }
    Faults.intercept(null);
    descriptors.forEach(each -> Kernel.enter(SystemCall.CLOSE, each, 0, 0, 0, 0, 0));
  }

  private static boolean othersAreInTheMirror() {
    return Thread.getAllStackTraces().entrySet().stream()
        .filter(each -> each.getKey() != Thread.currentThread())
        .flatMap(each -> java.util.Arrays.stream(each.getValue()))
        .anyMatch(frame -> frame.getClassName().startsWith("org.gemel.mirror."));
  }
}
