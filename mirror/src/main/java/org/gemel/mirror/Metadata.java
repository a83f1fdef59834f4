package org.gemel.mirror;

import org.gemel.mirror.system.ExtendedAttributes;
import org.gemel.mirror.system.FileStatus;
import org.gemel.mirror.system.FileType;
import org.gemel.mirror.system.InodeChanges;
import org.gemel.mirror.system.Privilege;
import org.gemel.mirror.system.SystemCallException;

/** What an inode carries besides its content. */
record Metadata(FileStatus status, ExtendedAttributes attributes) {
  /**
   * Gives an inode this metadata. The order matters: a change of owner clears set-user-id bits and
   * capabilities, so it comes first; attributes need write permission, which the final mode may not
   * grant; the time comes last because everything before may touch it.
   */
  void impose(InodeChanges inode) throws SystemCallException {
    if (Privilege.isRoot()) {
      inode.owner(status.owner(), status.group());
    }
    inode.attributes(attributes);
    if (status.type() != FileType.SYMBOLIC_LINK) {
      inode.permissions(status.permissions());
    }
    inode.modified(status.modified());
  }

  /**
   * Gives it to a regular file that was just made, leaving out what it has already.
   *
   * @param made what the file was made as
   */
  void imposeOnNew(InodeChanges inode, FileStatus made) throws SystemCallException {
    imposeOnNew(inode, made, false);
  }

  /**
   * The same.
   *
   * @param bare whether it is known to have no attributes
   */
  void imposeOnNew(InodeChanges inode, FileStatus made, boolean bare) throws SystemCallException {
    if (Privilege.isRoot() && (made.owner() != status.owner() || made.group() != status.group())) {
      inode.owner(status.owner(), status.group());
    }
    boolean plain = bare && attributes.isEmpty();
    if (!plain) {
      inode.attributes(attributes);
    }
    // Access control lists change the mode, and a change of owner takes its special bits away.
    boolean special = (status.permissions() & ~0777) != 0;
    if (!plain || special || made.permissions() != status.permissions()) {
      inode.permissions(status.permissions());
    }
    inode.modified(status.modified());
  }
}
