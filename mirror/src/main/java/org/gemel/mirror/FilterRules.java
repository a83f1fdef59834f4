package org.gemel.mirror;

import java.util.List;
import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.FileType;
import org.gemel.mirror.system.TreePath;

/**
 * Which entries a mirror leaves alone on both sides: those an exclude matches and no include does.
 * Their order does not matter. What lies in an excluded folder is excluded with it, as with {@code
 * .gitignore}.
 */
public record FilterRules(List<Glob> excludes, List<Glob> includes) {
  public static final FilterRules NONE = new FilterRules(List.of(), List.of());

  public FilterRules {
    excludes = List.copyOf(excludes);
    includes = List.copyOf(includes);
  }

  /** Rules from patterns as a person writes them; see {@link Glob}. */
  public static FilterRules of(List<String> excludes, List<String> includes) {
    return new FilterRules(
        excludes.stream().map(Glob::parse).toList(), includes.stream().map(Glob::parse).toList());
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
