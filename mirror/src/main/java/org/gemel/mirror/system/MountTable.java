package org.gemel.mirror.system;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;

/** What is mounted where, as this process sees it; ready to {@link Wait} when that has changed. */
public final class MountTable extends Pollable {
  private static final String PATH = "/proc/self/mountinfo";
  private static final int MOUNT_POINT = 4;

  private final Descriptor descriptor;

  private MountTable(Descriptor descriptor) {
    this.descriptor = descriptor;
  }

  public static MountTable open() throws SystemCallException {
    byte[] path = PATH.getBytes(StandardCharsets.US_ASCII);
    return new MountTable(
        new Descriptor(Open.at(-100, path, Open.CLOSE_ON_EXEC, 0, () -> PATH), () -> PATH));
  }

  /** The paths of all mount points, each byte as one character. */
  public Set<String> mountPoints() throws SystemCallException {
    Set<String> points = new TreeSet<>();
    for (String line : content().split("\n", -1)) {
      String[] fields = line.split(" ", -1);
      if (fields.length > MOUNT_POINT) {
        points.add(unescape(fields[MOUNT_POINT]));
      }
    }
    return points;
  }

  private String content() throws SystemCallException {
    check(Kernel.call(SystemCall.LSEEK, descriptor.number(), 0, 0), SystemCall.LSEEK);
    CallMemory memory = CallMemory.ofThisThread();
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    while (true) {
      long read =
          check(
              Kernel.call(
                  SystemCall.READ,
                  descriptor.number(),
                  memory.block().address(),
                  CallMemory.BLOCK_BYTES),
              SystemCall.READ);
      if (read == 0) {
        return all.toString(StandardCharsets.ISO_8859_1);
      }
      all.writeBytes(memory.block().asSlice(0, read).toArray(ValueLayout.JAVA_BYTE));
    }
  }

  /** The kernel writes blank, tab, line break and backslash as three octal digits. */
  static String unescape(String field) {
    StringBuilder out = new StringBuilder(field.length());
    for (int at = 0; at < field.length(); at++) {
      if (field.charAt(at) == '\\' && at + 3 < field.length()) {
        out.append((char) Integer.parseInt(field.substring(at + 1, at + 4), 8));
        at += 3;
      } else {
        out.append(field.charAt(at));
      }
    }
    return out.toString();
  }

  private long check(long result, SystemCall call) throws SystemCallException {
    return SystemCallException.check(result, call, () -> PATH);
  }

  @Override
  Descriptor descriptor() {
    return descriptor;
  }

  @Override
  short interest() {
    return CHANGED;
  }
}
