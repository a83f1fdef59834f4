package org.gemel.mirror.system;

import java.io.IOException;

/** A call the kernel refused: which one, with which error number, on what. */
public final class SystemCallException extends IOException {
  private final String message;
  private final String call;
  private final int errno;
  private final String path;

  SystemCallException(SystemCall call, int errno, String path) {
    this(call.label(), errno, path);
  }

  private SystemCallException(String call, int errno, String path) {
    String message =
        path + ": " + Errno.words(errno) + " (" + call + ": " + Errno.name(errno) + ")";
    super(message);
    this.message = message;
    this.call = call;
    this.errno = errno;
    this.path = path;
  }

  private SystemCallException(SystemCallException before, String advice) {
    super(before.message + ": " + advice, before);
    this.message = before.message + ": " + advice;
    this.call = before.call;
    this.errno = before.errno;
    this.path = before.path;
  }

  /** The same failure, telling a person more. */
  public SystemCallException saying(String advice) {
    return new SystemCallException(this, advice);
  }

  @Override
  public String getMessage() {
    return message;
  }

  /** The call's name as in the manual pages, for instance {@code renameat2}. */
  public String call() {
    return call;
  }

  public int errno() {
    return errno;
  }

  /** What it was about, control characters escaped. */
  public String path() {
    return path;
  }

  /** What went wrong without the path, for lists that show the path in a column of its own. */
  public String reason() {
    return Errno.words(errno) + " (" + call + ": " + Errno.name(errno) + ")";
  }

  /** What the kernel of another machine refused, as that machine says. */
  public static SystemCallException elsewhere(String call, int errno, String path) {
    return new SystemCallException(call, errno, path);
  }

  /** What a failed look at an entry says. */
  public static SystemCallException ofStatus(int errno, String path) {
    return new SystemCallException(SystemCall.STATX, errno, path);
  }

  /** What a rename that was not even tried says. */
  public static SystemCallException ofRename(int errno, String path) {
    return new SystemCallException(SystemCall.RENAMEAT2, errno, path);
  }

  /** Passes a result on, or throws what its error number says. */
  static long check(long result, SystemCall call, Described described) throws SystemCallException {
    if (result < 0) {
      throw new SystemCallException(call, (int) -result, described.words());
    }
    return result;
  }
}
