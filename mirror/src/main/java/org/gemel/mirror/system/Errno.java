package org.gemel.mirror.system;

import java.io.IOException;

/** The kernel's error numbers met here, by their names in the manual pages. */
public final class Errno {
  public static final int EPERM = 1;
  public static final int ENOENT = 2;
  public static final int EINTR = 4;
  public static final int EIO = 5;
  public static final int EAGAIN = 11;
  public static final int ENOMEM = 12;
  public static final int EACCES = 13;
  public static final int EEXIST = 17;
  public static final int EXDEV = 18;
  public static final int ENOTDIR = 20;
  public static final int EISDIR = 21;
  public static final int EINVAL = 22;
  public static final int EMFILE = 24;
  public static final int ENOTTY = 25;
  public static final int ETXTBSY = 26;
  public static final int ENOSPC = 28;
  public static final int EMLINK = 31;
  public static final int ERANGE = 34;
  public static final int ENAMETOOLONG = 36;
  public static final int ENOSYS = 38;
  public static final int ENOTEMPTY = 39;
  public static final int ELOOP = 40;
  public static final int ENODATA = 61;
  public static final int EOPNOTSUPP = 95;
  public static final int ESTALE = 116;
  public static final int EDQUOT = 122;

  private Errno() {}

  /** Whether a failure is a call's that was refused with this error number. */
  public static boolean is(IOException e, int errno) {
    return e instanceof SystemCallException call && call.errno() == errno;
  }

  /**
   * Whether nothing is there under a path that was walked name by name: the name itself is missing,
   * or a name above it is by now a file ({@code ENOTDIR}) or a link ({@code ELOOP}, as none is
   * followed). A folder that somebody replaced while it was looked for is as absent as one that was
   * removed; any other failure leaves open what is there, and must not be taken for absence.
   */
  public static boolean isMissing(IOException e) {
    return is(e, ENOENT) || is(e, ENOTDIR) || is(e, ELOOP);
  }

  /** Whether a call failed because the volume, or the quota, has no room left. */
  public static boolean isNoRoom(IOException e) {
    return is(e, ENOSPC) || is(e, EDQUOT);
  }

  /**
   * The name of an error number, for instance {@code ENOSPC}; {@code errno 71} for one not listed.
   */
  public static String name(int errno) {
    return switch (errno) {
      case EPERM -> "EPERM";
      case ENOENT -> "ENOENT";
      case EINTR -> "EINTR";
      case EIO -> "EIO";
      case 6 -> "ENXIO";
      case 9 -> "EBADF";
      case EAGAIN -> "EAGAIN";
      case ENOMEM -> "ENOMEM";
      case EACCES -> "EACCES";
      case 16 -> "EBUSY";
      case EEXIST -> "EEXIST";
      case EXDEV -> "EXDEV";
      case 19 -> "ENODEV";
      case ENOTDIR -> "ENOTDIR";
      case EISDIR -> "EISDIR";
      case EINVAL -> "EINVAL";
      case 23 -> "ENFILE";
      case EMFILE -> "EMFILE";
      case ETXTBSY -> "ETXTBSY";
      case 27 -> "EFBIG";
      case ENOSPC -> "ENOSPC";
      case 30 -> "EROFS";
      case EMLINK -> "EMLINK";
      case ERANGE -> "ERANGE";
      case ENAMETOOLONG -> "ENAMETOOLONG";
      case ENOSYS -> "ENOSYS";
      case ENOTEMPTY -> "ENOTEMPTY";
      case ELOOP -> "ELOOP";
      case ENODATA -> "ENODATA";
      case 75 -> "EOVERFLOW";
      case EOPNOTSUPP -> "EOPNOTSUPP";
      case 107 -> "ENOTCONN";
      case 110 -> "ETIMEDOUT";
      case ESTALE -> "ESTALE";
      case EDQUOT -> "EDQUOT";
      default -> "errno " + errno;
    };
  }

  /** What an error number means, in a few words for a person. */
  static String words(int errno) {
    return switch (errno) {
      case EPERM, EACCES -> "not permitted";
      case ENOENT -> "no such file or folder";
      case EIO -> "the storage reported an error";
      case EAGAIN -> "in use by another process";
      case 16 -> "busy, or something is mounted on it";
      case EEXIST -> "exists already";
      case EXDEV -> "on another file system";
      case ENOTDIR -> "not a folder";
      case EISDIR -> "a folder";
      case EINVAL -> "not accepted by this file system";
      case EMFILE, 23 -> "too many open files";
      case ENOSPC -> "no space left on the volume";
      case 30 -> "the file system is read-only";
      case ENAMETOOLONG -> "the name is too long for this file system";
      case ENOTEMPTY -> "the folder is not empty";
      case ELOOP -> "a symbolic link, which is never followed";
      case EOPNOTSUPP -> "not supported by this file system";
      case ESTALE -> "the network file system no longer knows it";
      case EDQUOT -> "the quota is used up";
      default -> "failed";
    };
  }
}
