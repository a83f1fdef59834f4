package org.gemel.mirror;

import java.util.List;
import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.FileType;
import org.gemel.mirror.system.TreePath;

/**
 * Which entries a mirror leaves alone on both sides: those an exclude matches and no include does.
 * Their order does not matter. What lies in an excluded folder is excluded with it, as with {@code
 * .gitignore}.
 *
 * @param specials whether FIFOs and devices are mirrored; else they are skipped and counted.
 *     Sockets always are, for they are nothing without the process that listens
 */
public record FilterRules(List<Glob> excludes, List<Glob> includes, boolean specials) {
  public static final FilterRules NONE = new FilterRules(List.of(), List.of(), false);

  public FilterRules {
    excludes = List.copyOf(excludes);
    includes = List.copyOf(includes);
  }

  /** Rules from patterns as a person writes them; see {@link Glob}. */
  public static FilterRules of(List<String> excludes, List<String> includes) {
    return new FilterRules(
        excludes.stream().map(Glob::parse).toList(),
        includes.stream().map(Glob::parse).toList(),
        false);
  }

  /** The same with FIFOs and devices. */
  public FilterRules withSpecials(boolean mirrored) {
    return new FilterRules(excludes, includes, mirrored);
  }

  /** Whether a mirror carries entries of a type. */
  boolean carry(FileType type) {
    return type.isMirrored() || (specials && type.isSpecial());
  }

  /** Whether nothing is left alone. */
  boolean isEmpty() {
    return excludes.isEmpty();
  }

  boolean excludes(TreePath path, FileType type) {
    if (isEmpty()) {
      return false;
    }
    List<EntryName> names = path.names();
    boolean folder = type == FileType.FOLDER;
    return excludes.stream().anyMatch(glob -> glob.matches(names, folder))
        && includes.stream().noneMatch(glob -> glob.matches(names, folder));
  }
}
