package org.gemel.demo.workload;

import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.gemel.core.Side;

/**
 * One line of an acknowledgement journal: {@code key=value} separated by tabs.
 *
 * @param number running number of the act within this journal; the lines of one act share it
 * @param table newsroom table that holds the item's row
 * @param row id of that row, 0 while not known
 * @param file path below the mount; for a delete the path it had
 * @param version counts the acts on the item
 * @param reason why refused or in doubt, else empty
 */
public record JournalLine(
    Phase phase,
    Act act,
    long number,
    UUID item,
    Side side,
    String table,
    long row,
    String file,
    long size,
    String sha256,
    int version,
    Instant at,
    String reason) {

  JournalLine as(Phase newPhase, long newRow, Instant now, String newReason) {
    return new JournalLine(
        newPhase, act, number, item, side, table, newRow, file, size, sha256, version, now,
        newReason);
  }

  String render() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("phase", phase);
    values.put("act", act);
    values.put("number", number);
    values.put("item", item);
    values.put("side", side);
    values.put("table", table);
    values.put("row", row);
    values.put("file", file);
    values.put("size", size);
    values.put("sha256", sha256);
    values.put("version", version);
    values.put("at", at);
    values.put("reason", reason);
    return values.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + escape(entry.getValue().toString()))
        .collect(Collectors.joining("\t"));
  }

  static JournalLine parse(String line) throws IOException {
    Map<String, String> values = new LinkedHashMap<>();
    for (String field : line.split("\t", -1)) {
      int equals = field.indexOf('=');
      if (equals < 0) {
        throw new IOException("found journal field '" + field + "', wanted key=value");
      }
      values.put(field.substring(0, equals), unescape(field.substring(equals + 1)));
    }
    try {
      return new JournalLine(
          Phase.valueOf(value(values, "phase")),
          Act.valueOf(value(values, "act")),
          Long.parseLong(value(values, "number")),
          UUID.fromString(value(values, "item")),
          Side.parse(value(values, "side")),
          value(values, "table"),
          Long.parseLong(value(values, "row")),
          value(values, "file"),
          Long.parseLong(value(values, "size")),
          value(values, "sha256"),
          Integer.parseInt(value(values, "version")),
          Instant.parse(value(values, "at")),
          value(values, "reason"));
    } catch (IllegalArgumentException | java.time.DateTimeException e) {
      throw new IOException("found journal line '" + line + "', wanted one this program wrote", e);
    }
  }

  private static String value(Map<String, String> values, String key) throws IOException {
    String value = values.get(key);
    if (value == null) {
      throw new IOException("found a journal line without '" + key + "': " + values);
    }
    return value;
  }

  private static String escape(String text) {
    return text.replace("\\", "\\\\")
        .replace("\t", "\\t")
        .replace("\n", "\\n")
        .replace("\r", "\\r");
  }

  private static String unescape(String text) {
    StringBuilder plain = new StringBuilder();
    for (int index = 0; index < text.length(); index++) {
      char c = text.charAt(index);
      if (c == '\\' && index + 1 < text.length()) {
        index++;
        char escaped = text.charAt(index);
        plain.append(
            switch (escaped) {
              case 't' -> '\t';
              case 'n' -> '\n';
              case 'r' -> '\r';
              default -> escaped;
            });
      } else {
        plain.append(c);
      }
    }
    return plain.toString();
  }
}
