package org.gemel.mirror;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.TreePath;

/** Reads a path below a root as the engine prints it, escapes included. */
final class PathText {
  private PathText() {}

  /**
   * The path that prints as this text.
   *
   * @throws IllegalArgumentException if a name in it could lead out of the tree, or an escape is
   *     not whole
   */
  static TreePath parse(String text) {
    TreePath path = TreePath.ROOT;
    for (String name : text.split("/", -1)) {
      if (!name.isEmpty() && !name.equals(".")) {
        path = path.child(EntryName.of(bytes(name)));
      }
    }
    return path;
  }

  private static byte[] bytes(String name) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int at = 0;
    while (at < name.length()) {
      if (name.charAt(at) == '\\') {
        String escape = name.substring(at + 1, Math.min(at + 2, name.length()));
        switch (escape) {
          case "n" -> out.write('\n');
          case "r" -> out.write('\r');
          case "t" -> out.write('\t');
          case "\\" -> out.write('\\');
          case "x" -> {
            out.write(hex(name, at + 2));
            at += 2;
          }
          default -> throw wrong(name);
        }
        at += 2;
      } else {
        int point = name.codePointAt(at);
        out.writeBytes(Character.toString(point).getBytes(StandardCharsets.UTF_8));
        at += Character.charCount(point);
      }
    }
    return out.toByteArray();
  }

  private static int hex(String name, int at) {
    if (at + 2 > name.length()) {
      throw wrong(name);
    }
    try {
      return HexFormat.fromHexDigits(name, at, at + 2);
    } catch (NumberFormatException e) {
      throw wrong(name);
    }
  }

  private static IllegalArgumentException wrong(String name) {
    return new IllegalArgumentException(
        "found the name '"
            + name
            + "', wanted \\\\, \\n, \\r, \\t or \\xHH where it has a backslash");
  }
}
