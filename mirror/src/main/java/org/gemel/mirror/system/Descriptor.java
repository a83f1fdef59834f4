package org.gemel.mirror.system;

/**
 * A file descriptor held open, and the path it was opened by for error texts. Closed once; never
 * used after.
 */
final class Descriptor implements AutoCloseable {
  private final int number;
  private final Described described;
  private final boolean pathOnly;
  private boolean open = true;

  Descriptor(long number, Described described) {
    this(number, described, false);
  }

  /**
   * @param pathOnly whether it was opened with {@code O_PATH}: then metadata is reached only
   *     through {@code /proc}
   */
  Descriptor(long number, Described described, boolean pathOnly) {
    this.number = (int) number;
    this.described = described;
    this.pathOnly = pathOnly;
  }

  boolean pathOnly() {
    return pathOnly;
  }

  int number() {
    if (!open) {
      throw new IllegalStateException(described.words() + " was closed and is used again");
    }
    return number;
  }

  Described described() {
    return described;
  }

  /**
   * Closes and says so if the file system could not keep what was written (network file systems
   * report here).
   */
  void closeChecked() throws SystemCallException {
    if (open) {
      open = false;
      SystemCallException.check(Kernel.call(SystemCall.CLOSE, number), SystemCall.CLOSE, described);
    }
  }

  /**
   * Closes what was only read, or what is being given up: there is nothing left that could be lost.
   */
  @Override
  public void close() {
    if (open) {
      open = false;
      Kernel.call(SystemCall.CLOSE, number);
    }
  }

  FileStatus status() throws SystemCallException {
    return Status.ofDescriptor(number(), described);
  }
}
