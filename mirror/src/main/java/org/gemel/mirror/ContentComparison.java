package org.gemel.mirror;

import java.io.IOException;
import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.Folder;
import org.gemel.mirror.system.OpenFile;
import org.jspecify.annotations.Nullable;

/** Compares one file that is read from the source with the target's. */
final class ContentComparison implements SourceFolder.Receiver {
  private final Folder target;
  private final Entry to;
  private final Runnable allowStop;
  private boolean same;
  private @Nullable IOException failure;

  ContentComparison(Folder target, Entry to, Runnable allowStop) {
    this.target = target;
    this.to = to;
    this.allowStop = allowStop;
  }

  @Override
  public void file(EntryName name, SourceFile file) throws IOException {
    try (OpenFile other = target.openFile(to.name())) {
      same = file.hasContentOf(other, allowStop);
    }
  }

  @Override
  public void failed(EntryName name, IOException why) {
    failure = why;
  }

  /** Whether the bytes are the same. */
  boolean result() throws IOException {
    if (failure != null) {
      throw failure;
    }
    return same;
  }
}
