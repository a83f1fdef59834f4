package org.gemel.mirror.system;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Names as text for people and logs. A name can hold line breaks and terminal commands, which must
 * not reach a screen or start a new line in a log; the escapes ({@code \n}, {@code \xHH}, {@code
 * \\}) are unambiguous, so no two names look alike.
 */
final class Display {
  private Display() {}

  static String escape(byte[] bytes) {
    StringBuilder out = new StringBuilder(bytes.length + 8);
    int at = 0;
    while (at < bytes.length) {
      int length = sequenceLength(bytes, at);
      if (length == 0) {
        appendByte(out, bytes[at]);
        at++;
      } else {
        appendCharacter(out, new String(bytes, at, length, StandardCharsets.UTF_8));
        at += length;
      }
    }
    return out.toString();
  }

  /** How many bytes at this place form one valid UTF-8 character; 0 if none do. */
  static int sequenceLength(byte[] bytes, int at) {
    int lead = bytes[at] & 0xFF;
    int length =
        lead < 0x80 ? 1 : lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
    if (length <= 1 || at + length > bytes.length) {
      return length == 1 ? 1 : 0;
    }
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, at, length));
      return length;
    } catch (CharacterCodingException notText) {
      return 0;
    }
  }

  private static void appendCharacter(StringBuilder out, String character) {
    int point = character.codePointAt(0);
    switch (point) {
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      case '\\' -> out.append("\\\\");
      default -> {
        int type = Character.getType(point);
        boolean unsafe =
            type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
        if (unsafe) {
          for (byte b : character.getBytes(StandardCharsets.UTF_8)) {
            appendByte(out, b);
          }
        } else {
          out.append(character);
        }
      }
    }
  }

  private static void appendByte(StringBuilder out, byte b) {
    out.append("\\x")
        .append(Character.forDigit((b >> 4) & 0xF, 16))
        .append(Character.forDigit(b & 0xF, 16));
  }
}
