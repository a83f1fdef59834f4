package org.gemel.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Reads a record from YAML, whole or not at all.
 *
 * <p>A key is the name of the record component. A component may be text, a number, a truth, an
 * enum, a {@link java.time.Duration}, a {@link Path}, a type with {@code public static T
 * parse(String)} such as {@link DataSize}, another record, or a {@code List}, {@code Map} or {@code
 * Optional} of those. A component the file does not name takes its {@link Default}, is empty if it
 * is a list, map or Optional, is null if it is marked Nullable, and is a fault otherwise. Rules
 * between components belong into the record's constructor: its IllegalArgumentException is reported
 * as a fault at the record's place.
 */
public final class StrictYaml {
  private StrictYaml() {}

  /**
   * Reads text.
   *
   * @param nameOfFile how messages name the text
   * @throws ConfigurationFault with every fault found
   */
  public static <T> T read(String text, String nameOfFile, Class<T> type)
      throws ConfigurationFault {
    var faults = new ArrayList<Fault>();
    var tree = new YamlTree(faults).read(text);
    var bound = tree == null ? null : new RecordBinder(faults).bind(type, tree, "");
    if (bound == null || !faults.isEmpty()) {
      faults.sort(Comparator.comparingInt(Fault::line).thenComparingInt(Fault::column));
      throw new ConfigurationFault(nameOfFile, faults);
    }
    return type.cast(bound);
  }

  /**
   * Reads a file in UTF-8.
   *
   * @throws ConfigurationFault with every fault found; also where the file is missing or cannot be
   *     read
   */
  public static <T> T read(Path file, Class<T> type) throws ConfigurationFault {
    String text;
    try {
      text = Files.readString(file);
    } catch (CharacterCodingException _) {
      throw unreadable(file, "found bytes that are no UTF-8, wanted text in UTF-8");
    } catch (IOException unread) {
      throw unreadable(file, "found no readable file, wanted one: " + unread);
    }
    return read(text, file.toString(), type);
  }

  private static ConfigurationFault unreadable(Path file, String words) {
    return new ConfigurationFault(file.toString(), List.of(new Fault(1, 1, "", words)));
  }
}
