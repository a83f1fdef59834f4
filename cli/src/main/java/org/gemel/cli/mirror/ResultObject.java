package org.gemel.cli.mirror;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** One flat object of a command's result, fields in the order they were put. */
final class ResultObject {
  private final Map<String, String> fields = new LinkedHashMap<>();

  ResultObject number(String name, long value) {
    fields.put(name, Long.toString(value));
    return this;
  }

  ResultObject seconds(String name, Duration value) {
    fields.put(name, String.format(Locale.ROOT, "%.3f", value.toNanos() / 1e9));
    return this;
  }

  ResultObject truth(String name, boolean value) {
    fields.put(name, Boolean.toString(value));
    return this;
  }

  ResultObject text(String name, String value) {
    fields.put(name, quote(value));
    return this;
  }

  /** On a line of its own. */
  String json() {
    return fields.entrySet().stream()
        .map(each -> quote(each.getKey()) + ":" + each.getValue())
        .collect(Collectors.joining(",", "{", "}"));
  }

  /** A line for each field; a JSON value is a YAML value. */
  String yaml() {
    return fields.entrySet().stream()
        .map(each -> each.getKey() + ": " + each.getValue())
        .collect(Collectors.joining(System.lineSeparator()));
  }

  private static String quote(String text) {
    StringBuilder out = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ' || c == 0x7f || Character.isSurrogate(c)) {
        out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    return out.append('"').toString();
  }
}
