package org.gemel.mirror.system;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads and sets extended attributes by descriptor or by one name in a held folder. */
final class AttributeCalls {
  private static final int LONGEST = 64 * 1024;
  private static final int NO_FOLLOW = 0x100;

  /** Whether the kernel lists attributes of a name in a folder (6.13 and later do). */
  private static volatile boolean listsByName = true;

  /** The calls that reach an inode in one way, and what names the inode to them. */
  private record Way(
      SystemCall list, SystemCall get, SystemCall set, SystemCall remove, long subject) {
    static Way to(Descriptor descriptor) {
      if (!descriptor.pathOnly()) {
        return new Way(
            SystemCall.FLISTXATTR,
            SystemCall.FGETXATTR,
            SystemCall.FSETXATTR,
            SystemCall.FREMOVEXATTR,
            descriptor.number());
      }
      return new Way(
          SystemCall.LISTXATTR,
          SystemCall.GETXATTR,
          SystemCall.SETXATTR,
          SystemCall.REMOVEXATTR,
          CallMemory.ofThisThread().descriptorPath(descriptor.number()));
    }

    static Way to(int folder, EntryName name) {
      return new Way(
          SystemCall.LLISTXATTR,
          SystemCall.LGETXATTR,
          SystemCall.SETXATTR,
          SystemCall.REMOVEXATTR,
          CallMemory.ofThisThread().entryPath(folder, name));
    }
  }

  private AttributeCalls() {}

  /**
   * How long the list of an entry's attributes' names is, without reading it.
   *
   * @param name the address of its NUL-terminated name
   * @return 0 if it has none; negative if the kernel cannot say it this way
   */
  static int listBytes(int folder, long name) {
    if (!listsByName) {
      return -1;
    }
    long length = Kernel.call(SystemCall.LISTXATTRAT, folder, name, NO_FOLLOW, 0, 0);
    if (length == -Errno.ENOSYS) {
      listsByName = false;
    }
    return length == -Errno.EOPNOTSUPP ? 0 : (int) Math.max(-1, length);
  }

  /** The same of a name that lies in an array. */
  static int listBytes(int folder, byte[] names, int at, int length) {
    byte[] name = Arrays.copyOfRange(names, at, at + length);
    return listBytes(folder, CallMemory.ofThisThread().first(name));
  }

  static ExtendedAttributes ofEntry(int folder, EntryName name, Described described)
      throws SystemCallException {
    return read(Way.to(folder, name), described);
  }

  static ExtendedAttributes ofDescriptor(Descriptor descriptor) throws SystemCallException {
    return read(Way.to(descriptor), descriptor.described());
  }

  private static ExtendedAttributes read(Way way, Described described) throws SystemCallException {
    List<String> names = names(way, described);
    if (names.isEmpty()) {
      return ExtendedAttributes.NONE;
    }
    MemorySegment block = CallMemory.ofThisThread().block();
    SortedMap<String, byte[]> values = new TreeMap<>();
    for (String name : names) {
      long length = Kernel.call(way.get(), way.subject(), second(name), block.address(), LONGEST);
      // Removed since it was listed: then it is not there.
      if (length != -Errno.ENODATA) {
        SystemCallException.check(length, way.get(), of(described, name));
        values.put(name, block.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE));
      }
    }
    return new ExtendedAttributes(values);
  }

  private static List<String> names(Way way, Described described) throws SystemCallException {
    MemorySegment block = CallMemory.ofThisThread().block();
    long length = Kernel.call(way.list(), way.subject(), block.address(), LONGEST);
    if (length == -Errno.EOPNOTSUPP || length == 0) {
      return List.of();
    }
    SystemCallException.check(length, way.list(), described);
    byte[] all = block.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
    List<String> names = new ArrayList<>();
    int start = 0;
    for (int at = 0; at < all.length; at++) {
      if (all[at] == 0) {
        String name = new String(all, start, at - start, StandardCharsets.ISO_8859_1);
        if (ExtendedAttributes.isCarried(name)) {
          names.add(name);
        }
        start = at + 1;
      }
    }
    return names;
  }

  static void impose(Descriptor descriptor, ExtendedAttributes wanted) throws SystemCallException {
    Described described = descriptor.described();
    ExtendedAttributes found = ofDescriptor(descriptor);
    for (String name : found.values().keySet()) {
      if (!wanted.values().containsKey(name)) {
        Way way = Way.to(descriptor);
        long result = Kernel.call(way.remove(), way.subject(), second(name));
        SystemCallException.check(result, way.remove(), of(described, name));
      }
    }
    for (var each : wanted.values().entrySet()) {
      byte[] value = each.getValue();
      if (!Arrays.equals(value, found.values().get(each.getKey()))) {
        set(Way.to(descriptor), each.getKey(), value, described);
      }
    }
  }

  private static void set(Way way, String name, byte[] value, Described described)
      throws SystemCallException {
    MemorySegment block = CallMemory.ofThisThread().block();
    MemorySegment.copy(value, 0, block, ValueLayout.JAVA_BYTE, 0, value.length);
    long result =
        Kernel.call(way.set(), way.subject(), second(name), block.address(), value.length, 0);
    SystemCallException.check(result, way.set(), of(described, name));
  }

  private static Described of(Described described, String name) {
    return () -> described.words() + " [" + name + "]";
  }

  private static long second(String name) {
    return CallMemory.ofThisThread().second(name.getBytes(StandardCharsets.ISO_8859_1));
  }
}
