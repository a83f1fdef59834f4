package org.gemel.mirror;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.EntryTable;
import org.gemel.mirror.system.ExtendedAttributes;
import org.gemel.mirror.system.FileStatus;
import org.gemel.mirror.system.Folder;
import org.gemel.mirror.system.OpenFile;
import org.gemel.mirror.system.SystemCallException;
import org.gemel.mirror.system.TreePath;

/** A folder of a tree on this machine. */
final class LocalSourceFolder implements SourceFolder {
  private final Folder folder;
  private final Scanner scanner;
  private final FreshFiles fresh;

  LocalSourceFolder(Folder folder, Scanner scanner) {
    this(folder, scanner, FreshFiles.AWAITED);
  }

  LocalSourceFolder(Folder folder, Scanner scanner, FreshFiles fresh) {
    this.folder = folder;
    this.scanner = scanner;
    this.fresh = fresh;
  }

  @Override
  public TreePath path() {
    return folder.path();
  }

  @Override
  public FileStatus status() throws SystemCallException {
    return folder.status();
  }

  @Override
  public ExtendedAttributes attributes() throws SystemCallException {
    return folder.attributes();
  }

  @Override
  public Listing list(EntryTable known) throws SystemCallException {
    return scanner.list(folder, folder.status(), known);
  }

  @Override
  public Listing look(Set<EntryName> names) throws SystemCallException {
    return scanner.look(folder, folder.status(), names);
  }

  @Override
  public FileStatus status(EntryName name) throws SystemCallException {
    return folder.status(name);
  }

  @Override
  public ExtendedAttributes attributes(EntryName name) throws SystemCallException {
    return folder.attributes(name);
  }

  @Override
  public byte[] linkTarget(EntryName name) throws SystemCallException {
    return folder.linkTarget(name);
  }

  @Override
  public SourceFolder open(EntryName name) throws SystemCallException {
    return new LocalSourceFolder(folder.open(name), scanner, fresh);
  }

  @Override
  public SourceFolder descend(TreePath below) throws SystemCallException {
    return new LocalSourceFolder(folder.descend(below), scanner, fresh);
  }

  @Override
  public void read(List<EntryName> names, Receiver receiver) {
    for (EntryName name : names) {
      try (OpenFile file = folder.openFile(name)) {
        receiver.file(name, new LocalSourceFile(file, fresh, folder.path().child(name)));
      } catch (IOException e) {
        receiver.failed(name, e);
      }
    }
  }

  @Override
  public void close() {
    folder.close();
  }
}
