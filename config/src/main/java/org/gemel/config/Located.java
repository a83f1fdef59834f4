package org.gemel.config;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A value of the file, still untyped, with the place where it stands. */
sealed interface Located {
  int line();

  int column();

  /** What a person calls this kind of value. */
  String words();

  /**
   * One value.
   *
   * @param text null where the file holds a key and no value
   */
  record Scalar(int line, int column, @Nullable String text) implements Located {
    @Override
    public String words() {
      return text == null ? "no value" : "'" + text + "'";
    }
  }

  record Sequence(int line, int column, List<Located> items) implements Located {
    @Override
    public String words() {
      return "a list";
    }
  }

  record Mapping(int line, int column, Map<KeyName, Located> entries) implements Located {
    @Override
    public String words() {
      return "a group of keys";
    }
  }

  record KeyName(int line, int column, String name) {}
}
