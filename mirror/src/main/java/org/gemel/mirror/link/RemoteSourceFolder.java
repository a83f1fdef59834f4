package org.gemel.mirror.link;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.gemel.mirror.Listing;
import org.gemel.mirror.SourceFolder;
import org.gemel.mirror.SourceLostException;
import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.EntryTable;
import org.gemel.mirror.system.ExtendedAttributes;
import org.gemel.mirror.system.FileStatus;
import org.gemel.mirror.system.PackedAttributes;
import org.gemel.mirror.system.PackedForm;
import org.gemel.mirror.system.PackedStatus;
import org.gemel.mirror.system.TreePath;
import org.jspecify.annotations.Nullable;

/**
 * A folder at the other end. Opening it brought its status, its attributes and mostly its entries
 * in one answer; each of them is handed out once, and asked for anew after that.
 */
final class RemoteSourceFolder implements SourceFolder {
  private static final int LONGEST_TARGET = 8 * 1024;

  private final Requests requests;
  private final TreePath path;
  private final int handle;
  private @Nullable FileStatus status;
  private @Nullable ExtendedAttributes attributes;
  private @Nullable Listing listing;
  private @Nullable IOException failure;
  private boolean closed;

  RemoteSourceFolder(Requests requests, TreePath path, Requests.Opened opened) {
    this.requests = requests;
    this.path = path;
    this.handle = opened.handle();
    this.status = opened.status();
    this.attributes = opened.attributes();
    this.listing = opened.listing();
    this.failure = opened.failure();
  }

  @Override
  public TreePath path() {
    return path;
  }

  @Override
  public FileStatus status() throws IOException {
    FileStatus first = takeStatus();
    return first != null
        ? first
        : requests.ask(Question.FOLDER_STATUS, handle, null, false, PackedStatus::read);
  }

  @Override
  public ExtendedAttributes attributes() throws IOException {
    ExtendedAttributes first = takeAttributes();
    return first != null
        ? first
        : requests.ask(Question.FOLDER_ATTRIBUTES, handle, null, false, PackedAttributes::read);
  }

  @Override
  public Listing list(EntryTable known) throws IOException {
    Listing first = takeListing();
    return first != null ? first : requests.list(handle);
  }

  @Override
  public Listing look(Set<EntryName> names) throws IOException {
    return requests.look(handle, names);
  }

  private synchronized @Nullable FileStatus takeStatus() {
    FileStatus first = status;
    status = null;
    return first;
  }

  private synchronized @Nullable ExtendedAttributes takeAttributes() {
    ExtendedAttributes first = attributes;
    attributes = null;
    return first;
  }

  private synchronized @Nullable Listing takeListing() throws IOException {
    IOException first = failure;
    failure = null;
    if (first != null) {
      throw first;
    }
    Listing found = listing;
    listing = null;
    return found;
  }

  @Override
  public FileStatus status(EntryName name) throws IOException {
    return requests.ask(Question.STATUS, handle, name, false, PackedStatus::read);
  }

  @Override
  public ExtendedAttributes attributes(EntryName name) throws IOException {
    return requests.ask(Question.ATTRIBUTES, handle, name, false, PackedAttributes::read);
  }

  @Override
  public byte[] linkTarget(EntryName name) throws IOException {
    return requests.ask(
        Question.LINK_TARGET,
        handle,
        name,
        false,
        in -> PackedForm.read(in, LONGEST_TARGET, "a link's target"));
  }

  @Override
  public SourceFolder open(EntryName name) throws IOException {
    return open(TreePath.ROOT.child(name), true);
  }

  @Override
  public SourceFolder descend(TreePath below) throws IOException {
    return open(below, false);
  }

  private SourceFolder open(TreePath below, boolean withList) throws IOException {
    TreePath whole = path;
    for (EntryName name : below.names()) {
      whole = whole.child(name);
    }
    int number = requests.nextFolder();
    try {
      return new RemoteSourceFolder(
          requests, whole, requests.open(number, handle, below, withList));
    } catch (IOException e) {
      requests.release(number);
      throw e;
    }
  }

  @Override
  public void read(List<EntryName> names, Receiver receiver) {
    try {
      requests.read(handle, names, receiver);
    } catch (IOException e) {
      throw new SourceLostException(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public synchronized void close() {
    if (!closed && handle != ServedTree.ROOT) {
      requests.release(handle);
    }
    closed = true;
  }
}
