package org.gemel.mirror.system;

/** Events of single folders, for everybody who may read them. */
public final class Inotify {
  private static final int ONLY_FOLDERS = 0x1000000;

  private Inotify() {}

  public static EventQueue open() throws SystemCallException {
    long number = Kernel.call(SystemCall.INOTIFY_INIT1, Open.CLOSE_ON_EXEC | Open.NO_WAIT);
    SystemCallException.check(number, SystemCall.INOTIFY_INIT1, () -> "inotify");
    return new EventQueue(number, "inotify");
  }

  /**
   * Asks for these events of exactly the held folder.
   *
   * @return the watch's number: the same again for a folder that is watched already, wherever it
   *     lies now
   */
  public static int watch(EventQueue queue, Folder folder, int mask) throws SystemCallException {
    long text = CallMemory.ofThisThread().descriptorPath(folder.descriptor().number());
    long result =
        Kernel.call(
            SystemCall.INOTIFY_ADD_WATCH, queue.descriptor().number(), text, mask | ONLY_FOLDERS);
    return (int)
        SystemCallException.check(
            result, SystemCall.INOTIFY_ADD_WATCH, folder.descriptor().described());
  }

  /** Ends a watch; one that has ended by itself is no error. */
  public static void unwatch(EventQueue queue, int watch) {
    Kernel.call(SystemCall.INOTIFY_RM_WATCH, queue.descriptor().number(), watch);
  }
}
