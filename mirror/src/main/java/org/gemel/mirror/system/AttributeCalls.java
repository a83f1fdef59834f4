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

  private AttributeCalls() {}

  static ExtendedAttributes ofEntry(int folder, EntryName name, String path)
      throws SystemCallException {
    long text = CallMemory.ofThisThread().entryPath(folder, name);
    return read(SystemCall.LLISTXATTR, SystemCall.LGETXATTR, text, path);
  }

  static ExtendedAttributes ofDescriptor(int descriptor, String path) throws SystemCallException {
    long text = CallMemory.ofThisThread().descriptorPath(descriptor);
    return read(SystemCall.LISTXATTR, SystemCall.GETXATTR, text, path);
  }

  private static ExtendedAttributes read(SystemCall list, SystemCall get, long text, String path)
      throws SystemCallException {
    List<String> names = names(list, text, path);
    if (names.isEmpty()) {
      return ExtendedAttributes.NONE;
    }
    MemorySegment block = CallMemory.ofThisThread().block();
    SortedMap<String, byte[]> values = new TreeMap<>();
    for (String name : names) {
      long length = Kernel.call(get, text, second(name), block.address(), LONGEST);
      // Removed since it was listed: then it is not there.
      if (length != -Errno.ENODATA) {
        SystemCallException.check(length, get, path + " [" + name + "]");
        values.put(name, block.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE));
      }
    }
    return new ExtendedAttributes(values);
  }

  private static List<String> names(SystemCall list, long text, String path)
      throws SystemCallException {
    MemorySegment block = CallMemory.ofThisThread().block();
    long length = Kernel.call(list, text, block.address(), LONGEST);
    if (length == -Errno.EOPNOTSUPP || length == 0) {
      return List.of();
    }
    SystemCallException.check(length, list, path);
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

  static void impose(int descriptor, ExtendedAttributes wanted, String path)
      throws SystemCallException {
    ExtendedAttributes found = ofDescriptor(descriptor, path);
    CallMemory memory = CallMemory.ofThisThread();
    for (String name : found.values().keySet()) {
      if (!wanted.values().containsKey(name)) {
        long text = memory.descriptorPath(descriptor);
        long result = Kernel.call(SystemCall.REMOVEXATTR, text, second(name));
        SystemCallException.check(result, SystemCall.REMOVEXATTR, path + " [" + name + "]");
      }
    }
    for (var each : wanted.values().entrySet()) {
      byte[] value = each.getValue();
      if (!Arrays.equals(value, found.values().get(each.getKey()))) {
        MemorySegment.copy(value, 0, memory.block(), ValueLayout.JAVA_BYTE, 0, value.length);
        long text = memory.descriptorPath(descriptor);
        long result =
            Kernel.call(
                SystemCall.SETXATTR,
                text,
                second(each.getKey()),
                memory.block().address(),
                value.length,
                0);
        SystemCallException.check(result, SystemCall.SETXATTR, path + " [" + each.getKey() + "]");
      }
    }
  }

  private static long second(String name) {
    return CallMemory.ofThisThread().second(name.getBytes(StandardCharsets.ISO_8859_1));
  }
}
