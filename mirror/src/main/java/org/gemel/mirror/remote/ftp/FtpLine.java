package org.gemel.mirror.remote.ftp;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.gemel.mirror.remote.RemoteEntry;
import org.gemel.mirror.remote.RemoteNames;
import org.gemel.mirror.system.FileType;
import org.gemel.mirror.system.Timestamp;
import org.jspecify.annotations.Nullable;

/**
 * Reads lines of the listings that RFC 3659 defines, and its times. The library's own reader knows
 * no symbolic links there and gives up set-user-id bits.
 */
final class FtpLine {
  private static final int TIME_DIGITS = 14;

  private FtpLine() {}

  /**
   * Reads a line, each character standing for one byte.
   *
   * @return empty for the folder itself and the one above it
   * @throws IllegalArgumentException if it is none, or names what can be no entry
   */
  static Optional<RemoteEntry> entry(String line) {
    int blank = line.indexOf(' ');
    if (blank < 0) {
      throw new IllegalArgumentException("found a line without facts in a listing, wanted some");
    }
    Map<String, String> facts = facts(line.substring(0, blank));
    @Nullable FileType type = type(facts.getOrDefault("type", ""));
    if (type == null) {
      return Optional.empty();
    }
    return Optional.of(
        new RemoteEntry(
            RemoteNames.parse(line.substring(blank + 1)),
            type,
            number(facts.get("size"), 10),
            time(facts.get("modify")),
            (int) number(facts.get("unix.mode"), 8)));
  }

  private static Map<String, String> facts(String text) {
    Map<String, String> facts = new HashMap<>();
    int start = 0;
    for (int end = text.indexOf(';'); end >= 0; end = text.indexOf(';', start)) {
      int equals = text.indexOf('=', start);
      if (equals > start && equals < end) {
        facts.put(
            text.substring(start, equals).toLowerCase(Locale.ROOT),
            text.substring(equals + 1, end));
      }
      start = end + 1;
    }
    return facts;
  }

  private static @Nullable FileType type(String fact) {
    String type = fact.toLowerCase(Locale.ROOT);
    if (type.equals("cdir") || type.equals("pdir")) {
      return null;
    }
    if (type.startsWith("os.unix=slink") || type.startsWith("os.unix=symlink")) {
      return FileType.SYMBOLIC_LINK;
    }
    return switch (type) {
      case "file" -> FileType.FILE;
      case "dir" -> FileType.FOLDER;
      default ->
          // Devices, FIFOs and what else a system has: something that is in the way.
          FileType.SOCKET;
    };
  }

  private static long number(@Nullable String text, int radix) {
    if (text == null) {
      return RemoteEntry.UNKNOWN;
    }
    try {
      long value = Long.parseLong(text, radix);
      return radix == 8 ? value & 07777 : Math.max(value, RemoteEntry.UNKNOWN);
    } catch (NumberFormatException e) {
      return RemoteEntry.UNKNOWN;
    }
  }

  /** Reads {@code YYYYMMDDHHMMSS} with or without a fraction; null if it is none. */
  static @Nullable Timestamp time(@Nullable String text) {
    boolean digits =
        text != null
            && text.length() >= TIME_DIGITS
            && text.chars().limit(TIME_DIGITS).allMatch(c -> c >= '0' && c <= '9');
    if (text == null || !digits) {
      return null;
    }
    try {
      LocalDateTime time =
          LocalDateTime.of(
              part(text, 0, 4),
              part(text, 4, 6),
              part(text, 6, 8),
              part(text, 8, 10),
              part(text, 10, 12),
              part(text, 12, 14));
      return new Timestamp(time.toEpochSecond(ZoneOffset.UTC), 0);
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static int part(String text, int from, int to) {
    return Integer.parseInt(text.substring(from, to));
  }

  /** Writes it. */
  static String time(Timestamp time) {
    LocalDateTime at = LocalDateTime.ofEpochSecond(time.seconds(), 0, ZoneOffset.UTC);
    return String.format(
        Locale.ROOT,
        "%04d%02d%02d%02d%02d%02d",
        at.getYear(),
        at.getMonthValue(),
        at.getDayOfMonth(),
        at.getHour(),
        at.getMinute(),
        at.getSecond());
  }

  /**
   * The mode in a line of a listing as {@code ls -l} writes it.
   *
   * @return negative if there is none
   */
  static int mode(@Nullable String line) {
    if (line == null || line.length() < 10) {
      return RemoteEntry.UNKNOWN;
    }
    int mode = 0;
    for (int i = 0; i < 9; i++) {
      char c = line.charAt(1 + i);
      int bit = 1 << (8 - i);
      int special = 04000 >> (i / 3);
      switch (c) {
        case '-' -> {}
        case 's', 't' -> mode |= bit | special;
        case 'S', 'T' -> mode |= special;
        case 'r', 'w', 'x' -> mode |= bit;
        default -> {
          return RemoteEntry.UNKNOWN;
        }
      }
    }
    return mode;
  }
}
