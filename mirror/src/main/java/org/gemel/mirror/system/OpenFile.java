package org.gemel.mirror.system;

/** An inode held open: for reading, for writing, or for its metadata only. */
public final class OpenFile implements AutoCloseable {
  /** {@code SYNC_FILE_RANGE_WRITE}. */
  private static final int START_WRITING = 2;

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

  /**
   * Has the kernel begin to bring to the disk what was written, so that there is less to wait for
   * when it must be there. Only a hint: what cannot be done shows when it must.
   */
  public void beginWriteback() {
    long unused = Kernel.call(SystemCall.SYNC_FILE_RANGE, descriptor.number(), 0, 0, START_WRITING);
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
