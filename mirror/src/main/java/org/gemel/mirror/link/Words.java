package org.gemel.mirror.link;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.gemel.mirror.system.PackedForm;

/** Text from and to a peer. What came from there must not steer a terminal or forge a log line. */
final class Words {
  private static final int LONGEST = 16 * 1024;

  private Words() {}

  static void write(String words, ByteBuffer out) {
    byte[] bytes = words.getBytes(StandardCharsets.UTF_8);
    PackedForm.write(
        bytes.length <= LONGEST ? bytes : java.util.Arrays.copyOf(bytes, LONGEST), out);
  }

  static String read(ByteBuffer in) throws IOException {
    return clean(readExactly(in));
  }

  /** The same without cleaning, for text that is never shown as it is. */
  static String readExactly(ByteBuffer in) throws IOException {
    return new String(PackedForm.read(in, LONGEST, "text"), StandardCharsets.UTF_8);
  }

  /** Replaces what is no visible character. */
  static String clean(String words) {
    StringBuilder out = new StringBuilder(words.length());
    words
        .codePoints()
        .forEach(
            point -> {
              int type = Character.getType(point);
              boolean unsafe =
                  type == Character.CONTROL
                      || type == Character.FORMAT
                      || type == Character.LINE_SEPARATOR
                      || type == Character.PARAGRAPH_SEPARATOR
                      || type == Character.SURROGATE
                      || type == Character.UNASSIGNED;
              out.appendCodePoint(unsafe ? '\uFFFD' : point);
            });
    return out.toString();
  }
}
