package org.gemel.agent.volume;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A small file of lines {@code key: value}. Keys that a newer release added are left alone. */
final class NoteFile {
  private static final long LONGEST = 4_096;

  private final Path file;
  private final Map<String, String> values = new HashMap<>();

  /**
   * Reads a file.
   *
   * @throws java.nio.file.NoSuchFileException if there is none
   * @throws IOException in words, if it cannot be read or is no such file
   */
  NoteFile(Path file) throws IOException {
    this.file = file;
    if (Files.size(file) > LONGEST) {
      throw new IOException(
          "found "
              + Files.size(file)
              + " bytes in "
              + file
              + ", wanted a few lines: see what wrote it");
    }
    String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    for (String line : text.lines().filter(it -> !it.isBlank()).toList()) {
      int colon = line.indexOf(':');
      if (colon < 0) {
        throw unfit(line, "'key: value'");
      }
      String key = line.substring(0, colon).strip();
      if (values.put(key, line.substring(colon + 1).strip()) != null) {
        throw unfit(line, "the key " + key + " once");
      }
    }
  }

  String value(String key) throws IOException {
    String value = values.get(key);
    if (value == null || value.isEmpty()) {
      throw new IOException(
          "found no '" + key + ":' in " + file + ", wanted that line: write the file anew");
    }
    return value;
  }

  IOException unfit(String found, String wanted) {
    return new IOException(
        "found '" + found + "' in " + file + ", wanted " + wanted + ": write the file anew");
  }
}
