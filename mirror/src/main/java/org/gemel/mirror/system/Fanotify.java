package org.gemel.mirror.system;

/**
 * Events of a whole file system, each with the handle of the folder and the name in it. Needs
 * {@code CAP_SYS_ADMIN} and Linux 5.17, where a rename became one event with both its ends.
 */
public final class Fanotify {
  private static final int CLOSE_ON_EXEC = 0x1;
  private static final int WITHOUT_WAITING = 0x2;
  private static final int UNLIMITED_QUEUE = 0x10;
  private static final int UNLIMITED_MARKS = 0x20;
  private static final int REPORT_OBJECT = 0x200;
  private static final int REPORT_FOLDER = 0x400;
  private static final int REPORT_NAME = 0x800;
  private static final int REPORT_CHILD = 0x1000;

  private static final int ADD = 0x1;
  private static final int FILE_SYSTEM = 0x100;

  private Fanotify() {}

  public static EventQueue open() throws SystemCallException {
    int flags =
        CLOSE_ON_EXEC
            | WITHOUT_WAITING
            | UNLIMITED_QUEUE
            | UNLIMITED_MARKS
            | REPORT_OBJECT
            | REPORT_FOLDER
            | REPORT_NAME
            | REPORT_CHILD;
    long number = Kernel.call(SystemCall.FANOTIFY_INIT, flags, Open.CLOSE_ON_EXEC);
    SystemCallException.check(number, SystemCall.FANOTIFY_INIT, () -> "fanotify");
    return new EventQueue(number, "fanotify");
  }

  /** Asks for these events of all that is on the folder's file system. */
  public static void watchFileSystem(EventQueue queue, Folder folder, long mask)
      throws SystemCallException {
    long result =
        Kernel.call(
            SystemCall.FANOTIFY_MARK,
            queue.descriptor().number(),
            ADD | FILE_SYSTEM,
            mask,
            folder.descriptor().number(),
            0);
    SystemCallException.check(result, SystemCall.FANOTIFY_MARK, folder.descriptor().described());
  }
}
