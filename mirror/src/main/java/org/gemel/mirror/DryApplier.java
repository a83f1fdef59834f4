package org.gemel.mirror;

import java.util.List;
import java.util.function.Consumer;
import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.Folder;
import org.gemel.mirror.system.SystemCallException;
import org.gemel.mirror.system.TreePath;
import org.jspecify.annotations.Nullable;

/** Changes nothing. */
final class DryApplier implements Applier {
  @Override
  public @Nullable Folder replaceByFolder(@Nullable Folder parent, EntryName name) {
    return null;
  }

  @Override
  public Place stage(Place parent, TreePath path) {
    return new Place(path, null, null);
  }

  @Override
  public Folder moveFolder(Folder from, EntryName name, @Nullable Folder to, EntryName newName)
      throws SystemCallException {
    return from.open(name);
  }

  @Override
  public boolean moveFile(Folder from, EntryName name, @Nullable Folder to, EntryName newName) {
    return false;
  }

  @Override
  public void publish(Place parent, Place staged) {}

  @Override
  public void discard(Place parent, Place staged) {}

  @Override
  public void put(FolderWork work, List<Entry> files, Consumer<Entry> done) {
    files.forEach(done);
  }

  @Override
  public void put(SourceFolder from, Entry entry, @Nullable Folder to) {}

  @Override
  public void putHardLink(TreePath existing, EntryName name, @Nullable Folder to) {}

  @Override
  public void metadata(SourceFolder from, Entry entry, @Nullable Folder to) {}

  @Override
  public void prepare(Place place) {
    place.touch();
  }

  @Override
  public boolean sweep(Folder folder, EntryName temporary) {
    return false;
  }
}
