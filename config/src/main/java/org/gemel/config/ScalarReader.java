package org.gemel.config;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The kinds of value that stand on one line. Each reader throws IllegalArgumentException in words
 * for a person.
 */
final class ScalarReader {
  private static final Map<Class<?>, Function<String, Object>> READERS =
      Map.ofEntries(
          Map.entry(String.class, text -> text),
          Map.entry(int.class, ScalarReader::whole),
          Map.entry(Integer.class, ScalarReader::whole),
          Map.entry(long.class, ScalarReader::longWhole),
          Map.entry(Long.class, ScalarReader::longWhole),
          Map.entry(double.class, ScalarReader::decimal),
          Map.entry(Double.class, ScalarReader::decimal),
          Map.entry(boolean.class, ScalarReader::truth),
          Map.entry(Boolean.class, ScalarReader::truth),
          Map.entry(Duration.class, DurationText::parse),
          Map.entry(Path.class, ScalarReader::path));

  private ScalarReader() {}

  static Optional<Function<String, Object>> of(Class<?> type) {
    if (type.isEnum()) {
      return Optional.of(text -> constant(type, text));
    }
    var reader = READERS.get(type);
    return reader == null ? ownParse(type) : Optional.of(reader);
  }

  /** A type of its own kind says with {@code public static T parse(String)} how it is written. */
  private static Optional<Function<String, Object>> ownParse(Class<?> type) {
    return Arrays.stream(type.getMethods())
        .filter(method -> method.getName().equals("parse") && method.getReturnType() == type)
        .filter(method -> Modifier.isStatic(method.getModifiers()))
        .filter(method -> Arrays.equals(method.getParameterTypes(), new Class<?>[] {String.class}))
        .findFirst()
        .map(method -> text -> call(method, text));
  }

  private static Object call(Method parse, String text) {
    try {
      return parse.invoke(null, text);
    } catch (InvocationTargetException refused) {
      if (refused.getCause() instanceof IllegalArgumentException words) {
        throw words;
      }
      throw new IllegalStateException(parse + " failed", refused);
    } catch (IllegalAccessException closed) {
      throw new IllegalStateException(parse + " is closed", closed);
    }
  }

  private static Object whole(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException _) {
      throw new IllegalArgumentException("found '" + text + "', wanted a whole number");
    }
  }

  private static Object longWhole(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException _) {
      throw new IllegalArgumentException("found '" + text + "', wanted a whole number");
    }
  }

  private static Object decimal(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException _) {
      throw new IllegalArgumentException("found '" + text + "', wanted a number");
    }
  }

  private static Object truth(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("found '" + text + "', wanted true or false");
    };
  }

  private static Object path(String text) {
    if (text.isEmpty() || text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(
          "found an empty text, wanted the path of a file or folder");
    }
    return Path.of(text);
  }

  /** A constant's word in the file: BROWSE_SERVER may be written browse-server. */
  private static Object constant(Class<?> type, String text) {
    var constants = type.getEnumConstants();
    var wanted = text.replace('-', '_').toUpperCase(Locale.ROOT);
    return Arrays.stream(constants)
        .filter(constant -> ((Enum<?>) constant).name().equals(wanted))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "found '"
                        + text
                        + "', wanted one of "
                        + Arrays.stream(constants)
                            .map(ScalarReader::word)
                            .collect(Collectors.joining(", "))));
  }

  private static String word(Object constant) {
    var name = ((Enum<?>) constant).name();
    return name.length() == 1 ? name : name.toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
