package org.gemel.mirror;

/** How one element of a pattern fits one byte of a name. */
final class GlobByte {
  private GlobByte() {}

  /**
   * How many bytes of the pattern the element at this place has, or 0 if it does not fit the byte.
   */
  static int lengthIfMatching(byte[] glob, int at, byte value) {
    return switch (glob[at]) {
      case '?' -> 1;
      case '[' -> set(glob, at, value);
      case '\\' -> at + 1 < glob.length && glob[at + 1] == value ? 2 : 0;
      default -> glob[at] == value ? 1 : 0;
    };
  }

  /**
   * Where the UTF-8 character ends whose first byte lies just before this place, so that '?' takes
   * it whole.
   */
  static int endOfCharacter(byte[] name, int at) {
    int end = at;
    boolean lead = (name[at - 1] & 0xC0) == 0xC0;
    while (lead && end < name.length && (name[end] & 0xC0) == 0x80) {
      end++;
    }
    return end;
  }

  private static int set(byte[] glob, int at, byte value) {
    int from = at + 1;
    boolean negated = from < glob.length && (glob[from] == '!' || glob[from] == '^');
    int first = negated ? from + 1 : from;
    int close = first + 1;
    while (close < glob.length && glob[close] != ']') {
      close++;
    }
    if (close >= glob.length) {
      // No closing bracket: then it means itself.
      return value == '[' ? 1 : 0;
    }
    boolean found = false;
    int wanted = value & 0xFF;
    for (int i = first; i < close; i++) {
      int low = glob[i] & 0xFF;
      boolean range = i + 2 < close && glob[i + 1] == '-';
      int high = range ? glob[i + 2] & 0xFF : low;
      found |= low <= wanted && wanted <= high;
      i += range ? 2 : 0;
    }
    return found != negated ? close - at + 1 : 0;
  }
}
