package org.gemel.mirror;

import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import org.gemel.mirror.system.TreePath;

/**
 * Files whose equal size and time are not believed: a pass copies them anew. A comparison has read
 * them and found other bytes; to read them again would prove nothing where the storage holds other
 * bytes than the kernel's memory of it.
 */
public final class Suspects {
  /** Equal size and time are believed everywhere. */
  public static final Suspects NONE = new Suspects(Set.of());

  private final Set<TreePath> files;
  private final Set<TreePath> folders;

  private Suspects(Set<TreePath> files) {
    this.files = files;
    this.folders = files.stream().map(TreePath::parent).collect(Collectors.toUnmodifiableSet());
  }

  public static Suspects of(Collection<TreePath> files) {
    return files.isEmpty() ? NONE : new Suspects(Set.copyOf(files));
  }

  /** Whether there is one directly in a folder. */
  boolean isIn(TreePath folder) {
    return !folders.isEmpty() && folders.contains(folder);
  }

  boolean contains(TreePath file) {
    return !files.isEmpty() && files.contains(file);
  }
}
