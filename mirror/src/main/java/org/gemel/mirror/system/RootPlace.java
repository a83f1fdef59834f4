package org.gemel.mirror.system;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Whether a root that is held open is still what its path leads to. A descriptor goes on working
 * after the folder was moved, unmounted or hidden under a mount; then what it shows is no longer
 * the tree that was meant.
 */
public final class RootPlace {
  private static final int AT_CURRENT = -100;
  private static final int EMPTY_PATH = 0x1000;
  private static final int MOUNT_ID = 0x1000;
  private static final int MOUNT_ID_AT = 144;

  private final String path;
  private final Found held;

  private record Found(FileIdentity identity, long mount) {}

  private RootPlace(String path, Found held) {
    this.path = path;
    this.held = held;
  }

  public static RootPlace of(Folder root) throws SystemCallException {
    Descriptor descriptor = root.descriptor();
    long result = look(descriptor.number(), new byte[0], EMPTY_PATH);
    SystemCallException.check(result, SystemCall.STATX, descriptor.described());
    return new RootPlace(descriptor.described().words(), found());
  }

  /** Why the path no longer leads to the held root; nothing if it does. */
  public Optional<String> lost() {
    long result = look(AT_CURRENT, path.getBytes(StandardCharsets.UTF_8), 0);
    if (result < 0) {
      return Optional.of(
          "the root's path " + path + " leads nowhere: " + Errno.words((int) -result));
    }
    Found now = found();
    if (!now.identity.equals(held.identity)) {
      return Optional.of(
          "the root was moved, unmounted or replaced: "
              + path
              + " leads to another folder than the one that is held");
    }
    return now.mount == held.mount
        ? Optional.empty()
        : Optional.of("the root was mounted anew: " + path + " leads through another mount");
  }

  private static long look(int folder, byte[] name, int flags) {
    CallMemory memory = CallMemory.ofThisThread();
    return Kernel.call(
        SystemCall.STATX,
        folder,
        memory.first(name),
        flags,
        0x7ff | MOUNT_ID,
        memory.structure().address());
  }

  private static Found found() {
    MemorySegment statx = CallMemory.ofThisThread().structure();
    return new Found(
        FileStatus.of(statx).identity(), statx.get(ValueLayout.JAVA_LONG, MOUNT_ID_AT));
  }
}
