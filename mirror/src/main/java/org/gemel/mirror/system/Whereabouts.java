package org.gemel.mirror.system;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Where an inode is now, as far as the kernel can say. Paths lead from the process' root, each byte
 * as one character.
 */
public sealed interface Whereabouts {
  /** It is here. */
  record At(String path) implements Whereabouts {}

  /** It is somewhere below here, at a path too long for the kernel to say. */
  record Below(String path) implements Whereabouts {}

  /** It is no more. */
  record Gone() implements Whereabouts {}

  /** It lives, but the kernel does not know in which folder. */
  record Nowhere() implements Whereabouts {}

  /** Where a held folder is now. */
  static Whereabouts of(Folder folder) throws SystemCallException {
    return of(folder.descriptor());
  }

  /**
   * Where the inode of a handle is now.
   *
   * @param mount any folder on its file system; paths lead through this one's mount
   */
  static Whereabouts of(Folder mount, FileHandle handle) throws SystemCallException {
    MemorySegment memory = CallMemory.ofThisThread().structure();
    byte[] whole = handle.whole();
    MemorySegment.copy(whole, 0, memory, ValueLayout.JAVA_BYTE, 0, whole.length);
    long number = open(mount, memory);
    if (number == -Errno.ESTALE || number == -Errno.ENOENT) {
      return new Gone();
    }
    Described shown = () -> "what changed below " + mount.descriptor().described().words();
    SystemCallException.check(number, SystemCall.OPEN_BY_HANDLE_AT, shown);
    try (Descriptor found = new Descriptor(number, shown)) {
      return of(found);
    }
  }

  /**
   * An inode that is gone leaves its number to a new one, and while that one is being made ext4
   * says that there is no memory: asked a moment later, it knows that the old one is gone.
   */
  private static long open(Folder mount, MemorySegment handle) {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
    while (true) {
      long number =
          Kernel.call(
              SystemCall.OPEN_BY_HANDLE_AT,
              mount.descriptor().number(),
              handle.address(),
              Open.PATH_ONLY | Open.CLOSE_ON_EXEC);
      if (number != -Errno.ENOMEM || System.nanoTime() - until > 0) {
        return number;
      }
      LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(20));
    }
  }

  private static Whereabouts of(Descriptor descriptor) throws SystemCallException {
    String path = path(descriptor);
    if (path.isEmpty()) {
      return climb(descriptor);
    }
    if (path.endsWith(" (deleted)") && descriptor.status().links() == 0) {
      return new Gone();
    }
    // An inode that was reached by its handle alone has no name: the kernel then says "/".
    boolean nameless = path.equals("/") && descriptor.status().type() != FileType.FOLDER;
    return nameless ? new Nowhere() : new At(path);
  }

  private static Described described(Descriptor below) {
    return () -> below.described().words() + "/..";
  }

  private static Whereabouts climb(Descriptor descriptor) throws SystemCallException {
    Descriptor at = descriptor;
    while (true) {
      int flags = Open.PATH_ONLY | Architecture.OPEN_DIRECTORY | Open.CLOSE_ON_EXEC;
      int above = Open.at(at.number(), new byte[] {'.', '.'}, flags, 0, described(at));
      if (at != descriptor) {
        at.close();
      }
      at = new Descriptor(above, descriptor.described());
      String path = path(at);
      if (!path.isEmpty()) {
        at.close();
        return new Below(path);
      }
    }
  }

  /** The path of a descriptor; empty if it is too long for the kernel. */
  private static String path(Descriptor descriptor) throws SystemCallException {
    CallMemory memory = CallMemory.ofThisThread();
    long length =
        Kernel.call(
            SystemCall.READLINKAT,
            -1,
            memory.descriptorPath(descriptor.number()),
            memory.secondArea().address(),
            CallMemory.PATH_BYTES);
    if (length == -Errno.ENAMETOOLONG) {
      return "";
    }
    SystemCallException.check(length, SystemCall.READLINKAT, descriptor.described());
    byte[] path = memory.secondArea().asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
    return new String(path, StandardCharsets.ISO_8859_1);
  }
}
