package org.gemel.mirror.system;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;
import org.gemel.mirror.system.PackedForm.BrokenFormException;

/** Extended attributes as bytes, for another machine. */
public final class PackedAttributes {
  /** The kernel's own limits: of a name, of a value, of the list of an inode's names. */
  private static final int LONGEST_NAME = 255;

  private static final int LONGEST_VALUE = 64 * 1024;
  private static final int MOST = 32 * 1024;

  private PackedAttributes() {}

  /** How many bytes they take. */
  public static int bytes(ExtendedAttributes attributes) {
    int bytes = 4;
    for (var each : attributes.values().entrySet()) {
      bytes += 8 + each.getKey().length() + each.getValue().length;
    }
    return bytes;
  }

  /** Appends attributes to a buffer. */
  public static void write(ExtendedAttributes attributes, ByteBuffer out) {
    out.putInt(attributes.values().size());
    attributes
        .values()
        .forEach(
            (name, value) -> {
              PackedForm.write(name.getBytes(StandardCharsets.ISO_8859_1), out);
              PackedForm.write(value, out);
            });
  }

  /**
   * Reads attributes. Those that this process cannot carry are left out, as if it had read them
   * itself.
   */
  public static ExtendedAttributes read(ByteBuffer in) throws BrokenFormException {
    PackedForm.need(in, 4, "a number of attributes");
    int count = in.getInt();
    if (count == 0) {
      return ExtendedAttributes.NONE;
    }
    PackedForm.require(count > 0 && count <= MOST, "a number of attributes", count);
    SortedMap<String, byte[]> values = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      String name =
          new String(
              PackedForm.read(in, LONGEST_NAME, "an attribute's name"),
              StandardCharsets.ISO_8859_1);
      byte[] value = PackedForm.read(in, LONGEST_VALUE, "an attribute's value");
      PackedForm.require(!name.isEmpty() && name.indexOf('\0') < 0, "an attribute's name", i);
      if (ExtendedAttributes.isCarried(name)) {
        values.put(name, value);
      }
    }
    return new ExtendedAttributes(values);
  }
}
