package org.gemel.mirror.link;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.gemel.mirror.system.PackedForm.BrokenFormException;

/** One of a few words, by its name: a number would change its meaning when one is added. */
final class EnumForm {
  private EnumForm() {}

  static void write(Enum<?> value, ByteBuffer out) {
    Words.write(value.name(), out);
  }

  static <E extends Enum<E>> E read(ByteBuffer in, Class<E> type) throws IOException {
    String name = Words.read(in);
    try {
      return Enum.valueOf(type, name);
    } catch (IllegalArgumentException e) {
      throw new BrokenFormException(
          "found '" + name + "', wanted a " + type.getSimpleName() + " that is known");
    }
  }
}
