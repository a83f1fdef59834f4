package org.gemel.mirror;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.gemel.mirror.system.EntryName;

/**
 * A pattern for paths, on bytes, in the manner of {@code .gitignore}: {@code *} and {@code ?} stay
 * within one name, {@code **} as a whole name stands for any number of folders, {@code [a-z]} and
 * {@code [!a-z]} for one byte, a backslash takes the next byte literally. A slash at the start or
 * within ties the pattern to the root; without one it fits at any depth. A slash at the end makes
 * it fit folders only.
 */
public final class Glob {
  private final String text;
  private final List<byte[]> parts;
  private final boolean anchored;
  private final boolean folderOnly;

  private Glob(String text, List<byte[]> parts, boolean anchored, boolean folderOnly) {
    this.text = text;
    this.parts = parts;
    this.anchored = anchored;
    this.folderOnly = folderOnly;
  }

  /**
   * Reads a pattern.
   *
   * @throws IllegalArgumentException in words fit for who wrote it
   */
  public static Glob parse(String text) {
    boolean folderOnly = text.endsWith("/");
    String body = folderOnly ? text.substring(0, text.length() - 1) : text;
    boolean anchored = body.indexOf('/') >= 0;
    body = body.startsWith("/") ? body.substring(1) : body;
    List<byte[]> parts = new ArrayList<>();
    for (String part : body.split("/", -1)) {
      if (part.isEmpty() || part.indexOf('\0') >= 0) {
        throw new IllegalArgumentException(
            "found the pattern '"
                + text
                + "', wanted names between its slashes, like 'cache/*.tmp'");
      }
      parts.add(part.getBytes(StandardCharsets.UTF_8));
    }
    return new Glob(text, parts, anchored, folderOnly);
  }

  boolean matches(List<EntryName> path, boolean folder) {
    if (path.isEmpty() || (folderOnly && !folder)) {
      return false;
    }
    return anchored
        ? matchesParts(0, path, 0)
        : matchesName(parts.getFirst(), 0, path.getLast().bytes(), 0);
  }

  private boolean matchesParts(int part, List<EntryName> path, int at) {
    if (part == parts.size()) {
      return at == path.size();
    }
    if (Arrays.equals(parts.get(part), new byte[] {'*', '*'})) {
      // At the end it means everything below, not the folder itself.
      int least = part == parts.size() - 1 ? at + 1 : at;
      for (int next = least; next <= path.size(); next++) {
        if (matchesParts(part + 1, path, next)) {
          return true;
        }
      }
      return false;
    }
    return at < path.size()
        && matchesName(parts.get(part), 0, path.get(at).bytes(), 0)
        && matchesParts(part + 1, path, at + 1);
  }

  /** Backtracks to the last star only, so it never takes more than pattern times name steps. */
  private static boolean matchesName(byte[] glob, int globStart, byte[] name, int nameStart) {
    int g = globStart;
    int n = nameStart;
    int star = -1;
    int starName = -1;
    while (n < name.length) {
      if (g < glob.length && glob[g] == '*') {
        star = g++;
        starName = n;
        continue;
      }
      int length = g < glob.length ? GlobByte.lengthIfMatching(glob, g, name[n]) : 0;
      if (length > 0) {
        g += length;
        n++;
        if (glob[g - length] == '?') {
          n = GlobByte.endOfCharacter(name, n);
        }
      } else if (star >= 0) {
        g = star + 1;
        n = ++starName;
      } else {
        return false;
      }
    }
    while (g < glob.length && glob[g] == '*') {
      g++;
    }
    return g == glob.length;
  }

  @Override
  public String toString() {
    return text;
  }
}
