package org.gemel.mirror.system;

import java.util.Locale;

/**
 * The kernel's calls used here, each with its number on x86-64 and on the architectures that share
 * the generic table (aarch64). All go through libc's {@code syscall(2)}: one linked handle instead
 * of fifty keeps start-up short.
 */
enum SystemCall {
  OPENAT(257, 56),
  CLOSE(3, 57),
  READ(0, 63),
  WRITE(1, 64),
  PREAD64(17, 67),
  PWRITE64(18, 68),
  LSEEK(8, 62),
  FADVISE64(221, 223),
  FTRUNCATE(77, 46),
  FALLOCATE(285, 47),
  IOCTL(16, 29),
  GETDENTS64(217, 61),
  STATX(332, 291),
  MKDIRAT(258, 34),
  MKNODAT(259, 33),
  UNLINKAT(263, 35),
  RENAMEAT2(316, 276),
  LINKAT(265, 37),
  SYMLINKAT(266, 36),
  READLINKAT(267, 78),
  FCHOWNAT(260, 54),
  FCHMODAT(268, 53),
  UTIMENSAT(280, 88),
  SETXATTR(188, 5),
  GETXATTR(191, 8),
  LGETXATTR(192, 9),
  LISTXATTR(194, 11),
  LLISTXATTR(195, 12),
  REMOVEXATTR(197, 14),
  FSETXATTR(190, 7),
  FGETXATTR(193, 10),
  FLISTXATTR(196, 13),
  FREMOVEXATTR(199, 16),
  LISTXATTRAT(465, 465),
  FCHMOD(91, 52),
  COPY_FILE_RANGE(326, 285),
  FSYNC(74, 82),
  FDATASYNC(75, 83),
  SYNCFS(306, 267),
  SYNC_FILE_RANGE(277, 84),
  FSTATFS(138, 44),
  FLOCK(73, 32),
  PPOLL(271, 73),
  EVENTFD2(290, 19),
  INOTIFY_INIT1(294, 26),
  INOTIFY_ADD_WATCH(254, 27),
  INOTIFY_RM_WATCH(255, 28),
  FANOTIFY_INIT(300, 262),
  FANOTIFY_MARK(301, 263),
  NAME_TO_HANDLE_AT(303, 264),
  OPEN_BY_HANDLE_AT(304, 265),
  GETEUID(107, 175);

  private final long number;

  SystemCall(long onX86, long onGeneric) {
    this.number = Architecture.GENERIC ? onGeneric : onX86;
  }

  long number() {
    return number;
  }

  /** The call as manual pages name it. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
