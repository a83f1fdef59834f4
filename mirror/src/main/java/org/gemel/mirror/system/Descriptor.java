package org.gemel.mirror.system;

/**
 * A file descriptor held open, and the path it was opened by for error texts. Closed once; never
 * used after.
 */
final class Descriptor implements AutoCloseable {
  private final int number;
  private final String path;
  private boolean open = true;

  Descriptor(long number, String path) {
    this.number = (int) number;
    this.path = path;
  }

  int number() {
    if (!open) {
      throw new IllegalStateException(path + " was closed and is used again");
    }
    return number;
  }

  String path() {
    return path;
  }

  /**
   * Closes and says so if the file system could not keep what was written (network file systems
   * report here).
   */
  void closeChecked() throws SystemCallException {
    if (open) {
      open = false;
      SystemCallException.check(Kernel.call(SystemCall.CLOSE, number), SystemCall.CLOSE, path);
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
    return Status.ofDescriptor(number(), path);
  }
}
