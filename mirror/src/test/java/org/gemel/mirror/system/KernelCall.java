package org.gemel.mirror.system;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * One call on its way to the kernel.
 *
 * @param number the how-manieth since the interposition began, from 1
 */
public record KernelCall(
    long number, SystemCall kind, long a, long b, long c, long d, long e, long f) {
  private static final Set<String> TAKE_SPACE =
      Set.of(
          "write",
          "pwrite64",
          "copy_file_range",
          "fallocate",
          "ioctl",
          "mkdirat",
          "symlinkat",
          "linkat",
          "renameat2",
          "setxattr",
          "fsetxattr");
  private static final Set<String> CHANGE_ONLY =
      Set.of(
          "ftruncate",
          "unlinkat",
          "fchownat",
          "fchmod",
          "fchmodat",
          "utimensat",
          "removexattr",
          "fremovexattr");
  private static final int CREATE = 0x40;

  /** The call as manual pages name it. */
  public String name() {
    return kind.label();
  }

  /** Whether it makes a descriptor. */
  public boolean opens() {
    return name().startsWith("open") || name().startsWith("dup") || name().contains("_init");
  }

  public boolean closes() {
    return kind == SystemCall.CLOSE;
  }

  /** Whether a full disk would refuse it. */
  public boolean takesSpace() {
    return TAKE_SPACE.contains(name()) || (kind == SystemCall.OPENAT && (c & CREATE) != 0);
  }

  /** Whether a read-only file system would refuse it. */
  public boolean changes() {
    return takesSpace() || CHANGE_ONLY.contains(name());
  }

  /** Whether what it is about lies in a tree, so far as its descriptor tells. */
  public boolean isIn(Path tree) {
    return where().map(path -> path.startsWith(tree)).orElse(false);
  }

  /** Whether what it is about lies in folders at the top of a tree whose names match a pattern. */
  public boolean isInAny(Path tree, String pattern) {
    return where()
        .filter(path -> path.startsWith(tree) && !path.equals(tree))
        .map(path -> tree.relativize(path).getName(0).toString().matches(pattern))
        .orElse(false);
  }

  /** The file or folder of its descriptor; of two, the one that is changed. */
  private Optional<Path> where() {
    return switch (name()) {
      case "symlinkat" -> ofDescriptor(b);
      case "copy_file_range", "linkat" -> ofDescriptor(c);
      case "fchmodat", "utimensat", "openat" -> a == -100 ? ofText(b) : ofDescriptor(a);
      case "setxattr", "getxattr", "lgetxattr", "listxattr", "llistxattr", "removexattr" ->
          ofText(a);
      default -> ofDescriptor(a);
    };
  }

  private static Optional<Path> ofDescriptor(long descriptor) {
    try {
      return Optional.of(Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Paths given as text lead through a descriptor, or are a root. */
  private static Optional<Path> ofText(long address) {
    String text =
        MemorySegment.ofAddress(address)
            .reinterpret(CallMemory.PATH_BYTES)
            .getString(0, StandardCharsets.ISO_8859_1);
    if (!text.startsWith("/proc/self/fd/")) {
      return Optional.of(Path.of(text));
    }
    String descriptor = text.substring("/proc/self/fd/".length());
    int end = descriptor.indexOf('/');
    return ofDescriptor(Long.parseLong(end < 0 ? descriptor : descriptor.substring(0, end)));
  }
}
