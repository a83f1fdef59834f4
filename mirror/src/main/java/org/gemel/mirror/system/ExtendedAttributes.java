package org.gemel.mirror.system;

import java.util.Arrays;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An inode's extended attributes that a mirror carries, POSIX access control lists among them.
 * Names are the kernel's bytes read as ISO 8859-1.
 */
public final class ExtendedAttributes {
  public static final ExtendedAttributes NONE = new ExtendedAttributes(new TreeMap<>());

  private final SortedMap<String, byte[]> values;

  ExtendedAttributes(SortedMap<String, byte[]> values) {
    this.values = values;
  }

  SortedMap<String, byte[]> values() {
    return Collections.unmodifiableSortedMap(values);
  }

  public boolean isEmpty() {
    return values.isEmpty();
  }

  /**
   * Whether this process carries an attribute. Ordinary users can neither read nor set the kernel's
   * own; labels that a host's security modules give belong to that host.
   */
  static boolean isCarried(String name) {
    if (name.startsWith("user.")
        || name.equals("system.posix_acl_access")
        || name.equals("system.posix_acl_default")) {
      return true;
    }
    boolean hostLabel =
        name.equals("security.selinux")
            || name.equals("security.ima")
            || name.equals("security.evm");
    return Privilege.isRoot()
        && (name.startsWith("trusted.") || name.startsWith("security."))
        && !hostLabel;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    if (!(other instanceof ExtendedAttributes that)
        || !values.keySet().equals(that.values.keySet())) {
      return false;
    }
    return values.entrySet().stream()
        .allMatch(each -> Arrays.equals(each.getValue(), that.values.get(each.getKey())));
  }

  @Override
  public int hashCode() {
    return values.keySet().hashCode();
  }

  @Override
  public String toString() {
    return values.keySet().toString();
  }
}
