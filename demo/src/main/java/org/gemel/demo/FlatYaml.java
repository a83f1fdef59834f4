package org.gemel.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A file of {@code key: value} lines, which is also plain YAML. Workloads read their configuration
 * so, without a YAML library, because many small processes start at once.
 */
public final class FlatYaml {
  private final Path file;
  private final Map<String, String> values;

  private FlatYaml(Path file, Map<String, String> values) {
    this.file = file;
    this.values = values;
  }

  /**
   * Reads a file whole.
   *
   * @throws IOException if it cannot be read, or a line is neither blank, a comment nor {@code key:
   *     value}
   */
  public static FlatYaml read(Path file) throws IOException {
    Map<String, String> values = new TreeMap<>();
    List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
    for (int index = 0; index < lines.size(); index++) {
      String line = lines.get(index).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      int colon = line.indexOf(": ");
      if (colon <= 0) {
        throw new IOException(
            "%s line %d: found '%s', wanted 'key: value'".formatted(file, index + 1, line));
      }
      String key = line.substring(0, colon);
      if (values.put(key, line.substring(colon + 2).strip()) != null) {
        throw new IOException(
            "%s line %d: found key '%s' a second time, wanted it once"
                .formatted(file, index + 1, key));
      }
    }
    return new FlatYaml(file, values);
  }

  /** Renders entries so that {@link #read} gives them back; keys and values are single lines. */
  public static String render(Map<String, String> values) {
    StringBuilder text = new StringBuilder();
    values.forEach(
        (key, value) -> {
          if (key.contains(": ") || key.contains("\n") || value.contains("\n") || value.isBlank()) {
            throw new IllegalArgumentException(
                "found '" + key + ": " + value + "', wanted one line and a value");
          }
          text.append(key).append(": ").append(value).append('\n');
        });
    return text.toString();
  }

  /** The value of a key that must be there. */
  public String text(String key) throws IOException {
    String value = values.get(key);
    if (value == null) {
      throw new IOException(
          "%s: found no key '%s', wanted it with a value: add the line '%s: ...'"
              .formatted(file, key, key));
    }
    return value;
  }

  /** The value of a key that may be missing. */
  public @Nullable String find(String key) {
    return values.get(key);
  }

  /** A path; relative ones are meant from the folder of this file. */
  public Path path(String key) throws IOException {
    return file.toAbsolutePath().resolveSibling(text(key)).normalize();
  }

  /** A length of time such as {@code 150ms}, {@code 2s} or ISO {@code PT2S}. */
  public Duration duration(String key) throws IOException {
    String value = text(key);
    try {
      if (value.endsWith("ms")) {
        return Duration.ofMillis(Long.parseLong(value.substring(0, value.length() - 2)));
      }
      return value.startsWith("P") ? Duration.parse(value) : Duration.parse("PT" + value);
    } catch (RuntimeException e) {
      throw new IOException(
          "%s: found '%s: %s', wanted a duration such as 150ms or 2s".formatted(file, key, value),
          e);
    }
  }

  /** A whole number. */
  public int number(String key) throws IOException {
    String value = text(key);
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw new IOException(
          "%s: found '%s: %s', wanted a whole number".formatted(file, key, value), e);
    }
  }

  /** Everything in it, by key. */
  public Map<String, String> entries() {
    return new TreeMap<>(values);
  }

  /**
   * Refuses keys nobody reads, and names the nearest known one: a misspelt key must not be silently
   * without effect.
   */
  public FlatYaml onlyKeys(Set<String> known) throws IOException {
    List<String> faults = new ArrayList<>();
    for (String key : values.keySet()) {
      if (!known.contains(key)) {
        faults.add("found key '%s', nearest known is '%s'".formatted(key, nearest(key, known)));
      }
    }
    if (!faults.isEmpty()) {
      throw new IOException(file + ": " + String.join("; ", faults) + ": correct or remove them");
    }
    return this;
  }

  private static String nearest(String key, Set<String> known) {
    return known.stream()
        .min((a, b) -> Integer.compare(distance(key, a), distance(key, b)))
        .orElse("none");
  }

  private static int distance(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int above = row[j];
        int change = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
        row[j] = Math.min(diagonal + change, Math.min(above, row[j - 1]) + 1);
        diagonal = above;
      }
    }
    return row[to.length()];
  }
}
