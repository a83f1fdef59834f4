package org.gemel.mirror;

import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.Folder;
import org.gemel.mirror.system.TreePath;
import org.jspecify.annotations.Nullable;

/** Changes nothing. */
final class DryApplier implements Applier {
  @Override
  public @Nullable Folder putFolder(@Nullable Folder parent, EntryName name, boolean replacing) {
    return null;
  }

  @Override
  public void put(Folder from, Entry entry, @Nullable Folder to) {}

  @Override
  public void putHardLink(TreePath existing, EntryName name, @Nullable Folder to) {}

  @Override
  public void metadata(Folder from, Entry entry, @Nullable Folder to) {}

  @Override
  public void prepare(Place place) {
    place.touch();
  }

  @Override
  public boolean sweep(Folder folder, EntryName temporary) {
    return false;
  }
}
