package org.gemel.mirror.system;

/** An inode held open: for reading, for writing, or for its metadata only. */
public final class OpenFile implements AutoCloseable {
  private final Descriptor descriptor;

  OpenFile(Descriptor descriptor) {
    this.descriptor = descriptor;
  }

  public FileStatus status() throws SystemCallException {
    return descriptor.status();
  }

  public ExtendedAttributes attributes() throws SystemCallException {
    return AttributeCalls.ofDescriptor(descriptor);
  }

  public InodeChanges inode() {
    return new InodeChanges(descriptor);
  }

  /** Takes the exclusive lock until closed; false if somebody holds it. */
  public boolean tryLock() throws SystemCallException {
    return Locks.tryLock(descriptor);
  }

  /** Closes what was written and reports what the file system says only now. */
  public void finish() throws SystemCallException {
    descriptor.closeChecked();
  }

  Descriptor descriptor() {
    return descriptor;
  }

  @Override
  public void close() {
    descriptor.close();
  }
}
