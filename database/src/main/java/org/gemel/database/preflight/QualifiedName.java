package org.gemel.database.preflight;

/** A name with its schema, each quoted where SQL wants it; a quoted one may hold anything. */
final class QualifiedName {
  private QualifiedName() {}

  /** The schema with its dot; empty where there is none. */
  static String schema(String name) {
    return name.substring(0, begin(name));
  }

  /** The name without its schema. */
  static String own(String name) {
    return name.substring(begin(name));
  }

  private static int begin(String name) {
    boolean quoted = false;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      quoted ^= c == '"'; // a doubled quote ends and begins again
      if (c == '.' && !quoted) {
        return i + 1;
      }
    }
    return 0;
  }
}
