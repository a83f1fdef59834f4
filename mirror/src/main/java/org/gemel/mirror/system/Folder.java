package org.gemel.mirror.system;

import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;

/**
 * A folder held open. Everything in it is reached by a single name relative to this descriptor and
 * no symbolic link is followed, so whatever somebody does to the paths meanwhile, a call here never
 * leaves this folder.
 */
public final class Folder implements AutoCloseable {
  private static final int AT_CURRENT = -100;
  private static final int READ_FOLDER = Architecture.OPEN_DIRECTORY | Open.CLOSE_ON_EXEC;

  private final Descriptor descriptor;
  private final String root;
  private final TreePath path;

  private Folder(Descriptor descriptor, String root, TreePath path) {
    this.descriptor = descriptor;
    this.root = root;
    this.path = path;
  }

  /**
   * Opens the root of a tree by its path; here, and only here, symbolic links are followed, because
   * a volume is often reached through one.
   */
  public static Folder openRoot(String path) throws SystemCallException {
    byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
    int fd = Open.at(AT_CURRENT, bytes, READ_FOLDER, 0, () -> path);
    return new Folder(new Descriptor(fd, () -> path), path, TreePath.ROOT);
  }

  /** Makes the last folder of a path; those above it must exist. */
  public static void makeRoot(String path) throws SystemCallException {
    long text = CallMemory.ofThisThread().first(path.getBytes(StandardCharsets.UTF_8));
    SystemCallException.check(
        Kernel.call(SystemCall.MKDIRAT, AT_CURRENT, text, 0777), SystemCall.MKDIRAT, () -> path);
  }

  /** Opens a folder in this one; fails if the name is anything else, a symbolic link included. */
  public Folder open(EntryName name) throws SystemCallException {
    return open(name, name);
  }

  /** Opens a folder in this one that has a name for now and will have another. */
  public Folder open(EntryName name, EntryName later) throws SystemCallException {
    int flags = READ_FOLDER | Architecture.OPEN_NO_FOLLOW;
    int fd = Open.at(descriptor.number(), name.bytes(), flags, 0, describe(name));
    return new Folder(new Descriptor(fd, describe(later)), root, path.child(later));
  }

  /** Opens the folder at a path below this one, name by name. */
  public Folder descend(TreePath below) throws SystemCallException {
    Folder at = duplicate();
    for (EntryName name : below.names()) {
      try (Folder parent = at) {
        at = parent.open(name);
      }
    }
    return at;
  }

  /** Opens the folder at a path below this one, name by name, as the top of a tree of its own. */
  public Folder descendToTop(TreePath below) throws SystemCallException {
    try (Folder found = descend(below)) {
      Described described = found.descriptor.described();
      int fd = Open.at(found.descriptor.number(), new byte[] {'.'}, READ_FOLDER, 0, described);
      return new Folder(new Descriptor(fd, described), described.words(), TreePath.ROOT);
    }
  }

  /**
   * Opens the folder this one is in, as {@code ..}; the same folder again at the top of the file
   * tree.
   */
  public Folder openParent() throws SystemCallException {
    String shown = descriptor.described().words() + "/..";
    int fd = Open.at(descriptor.number(), new byte[] {'.', '.'}, READ_FOLDER, 0, () -> shown);
    return new Folder(new Descriptor(fd, () -> shown), shown, TreePath.ROOT);
  }

  private Folder duplicate() throws SystemCallException {
    int fd = Open.at(descriptor.number(), new byte[] {'.'}, READ_FOLDER, 0, descriptor.described());
    return new Folder(new Descriptor(fd, descriptor.described()), root, path);
  }

  /** All names here except {@code .} and {@code ..}, in no order. Can be asked again. */
  public List<EntryName> names() throws SystemCallException {
    return FolderReader.names(descriptor);
  }

  /**
   * Lists the entries that a choice wants, sorted by name, each with its status.
   *
   * @throws SystemCallException if the names could not all be read
   */
  public EntryTable entries(EntryChoice choice, EntryChoice.Unreadable unreadable)
      throws SystemCallException {
    return entries(choice, unreadable, EntryTable.EMPTY);
  }

  /**
   * The same, where something is known.
   *
   * @param known what the folder was seen to hold before: of entries that did not change since, the
   *     attributes are not asked again
   */
  public EntryTable entries(EntryChoice choice, EntryChoice.Unreadable unreadable, EntryTable known)
      throws SystemCallException {
    return FolderReader.entries(descriptor, choice, unreadable, known);
  }

  /** The same of some names only; those that are not there are told to be unreadable. */
  public EntryTable entries(
      Collection<EntryName> names, EntryChoice choice, EntryChoice.Unreadable unreadable)
      throws SystemCallException {
    return FolderReader.entries(descriptor, names, choice, unreadable);
  }

  public FileStatus status() throws SystemCallException {
    return descriptor.status();
  }

  public FileStatus status(EntryName name) throws SystemCallException {
    return Status.ofEntry(descriptor.number(), name, describe(name));
  }

  /** Whether there is an entry of this name. */
  public boolean has(EntryName name) throws SystemCallException {
    try {
      status(name);
      return true;
    } catch (SystemCallException e) {
      if (e.errno() == Errno.ENOENT) {
        return false;
      }
      throw e;
    }
  }

  /** Extended attributes and access control lists of an entry, a symbolic link's own included. */
  public ExtendedAttributes attributes(EntryName name) throws SystemCallException {
    return AttributeCalls.ofEntry(descriptor.number(), name, describe(name));
  }

  /** This folder's own extended attributes. */
  public ExtendedAttributes attributes() throws SystemCallException {
    return AttributeCalls.ofDescriptor(descriptor);
  }

  /** Where a symbolic link points, as its bytes. */
  public byte[] linkTarget(EntryName name) throws SystemCallException {
    CallMemory memory = CallMemory.ofThisThread();
    long length =
        Kernel.call(
            SystemCall.READLINKAT,
            descriptor.number(),
            memory.first(name.bytes()),
            memory.secondArea().address(),
            CallMemory.PATH_BYTES);
    SystemCallException.check(length, SystemCall.READLINKAT, describe(name));
    return memory.secondArea().asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
  }

  /** Opens a regular file for reading; never waits, even if a FIFO has taken its place. */
  public OpenFile openFile(EntryName name) throws SystemCallException {
    int flags = Open.NO_WAIT | Open.CLOSE_ON_EXEC | Architecture.OPEN_NO_FOLLOW;
    int fd = Open.at(descriptor.number(), name.bytes(), flags, 0, describe(name));
    return new OpenFile(new Descriptor(fd, describe(name)));
  }

  /** Takes hold of an entry of any type for its metadata, without permission to read it. */
  public OpenFile hold(EntryName name) throws SystemCallException {
    int flags = Open.PATH_ONLY | Open.CLOSE_ON_EXEC | Architecture.OPEN_NO_FOLLOW;
    int fd = Open.at(descriptor.number(), name.bytes(), flags, 0, describe(name));
    return new OpenFile(new Descriptor(fd, describe(name), true));
  }

  /** What changes this folder's entries. */
  public FolderChanges changes() {
    return new FolderChanges(descriptor, this);
  }

  /** What changes this folder's own metadata. */
  public InodeChanges inode() {
    return new InodeChanges(descriptor);
  }

  /**
   * Takes the exclusive lock on this folder until it is closed or the process ends.
   *
   * @return whether it was free
   */
  public boolean tryLock() throws SystemCallException {
    return Locks.tryLock(descriptor);
  }

  /** Gives the lock back. */
  public void unlock() throws SystemCallException {
    Locks.unlock(descriptor);
  }

  /** Makes everything written to this folder's file system durable. */
  public void syncFileSystem() throws SystemCallException {
    SystemCallException.check(
        Kernel.call(SystemCall.SYNCFS, descriptor.number()),
        SystemCall.SYNCFS,
        descriptor.described());
  }

  /** Makes the names of this folder's entries durable. */
  public void sync() throws SystemCallException {
    SystemCallException.check(
        Kernel.call(SystemCall.FSYNC, descriptor.number()),
        SystemCall.FSYNC,
        descriptor.described());
  }

  /** How large the volume is that this folder is on, and what is free of it. */
  public VolumeRoom volume() throws SystemCallException {
    return VolumeRoom.of(descriptor);
  }

  /** The same held folder under the path it will have; closed with this one. */
  public Folder seenAt(TreePath later) {
    return new Folder(descriptor, root, later);
  }

  /** The folder's place below its root. */
  public TreePath path() {
    return path;
  }

  int number() {
    return descriptor.number();
  }

  Descriptor descriptor() {
    return descriptor;
  }

  Described describe(EntryName name) {
    return () -> root + "/" + path.child(name);
  }

  @Override
  public void close() {
    descriptor.close();
  }
}
