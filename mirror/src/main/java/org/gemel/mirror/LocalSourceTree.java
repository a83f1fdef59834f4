package org.gemel.mirror;

import java.io.IOException;
import java.util.Optional;
import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.Folder;

/** A tree on this machine. */
final class LocalSourceTree implements SourceTree {
  private final Folder top;
  private final SourceFolder root;

  LocalSourceTree(Folder top, Scanner scanner, FreshFiles fresh) {
    this.top = top;
    this.root = new LocalSourceFolder(top, scanner, fresh);
  }

  @Override
  public SourceFolder root() {
    return root;
  }

  @Override
  public Optional<Folder> local() {
    return Optional.of(top);
  }

  @Override
  public Optional<String> marker(String fileName, boolean above) throws IOException {
    return MarkerCheck.find(top, EntryName.of(fileName), above);
  }

  @Override
  public void close() {
    top.close();
  }
}
