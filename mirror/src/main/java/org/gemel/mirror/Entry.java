package org.gemel.mirror;

import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.FileStatus;
import org.gemel.mirror.system.FileType;

/** A name in a folder and what it was when the folder was scanned. */
public record Entry(EntryName name, FileStatus status) {
  public FileType type() {
    return status.type();
  }
}
