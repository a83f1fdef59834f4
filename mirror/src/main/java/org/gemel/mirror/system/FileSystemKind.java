package org.gemel.mirror.system;

import java.lang.foreign.ValueLayout;
import java.util.Optional;

/** Which file systems keep changes from the kernel that watches them. */
public final class FileSystemKind {
  private FileSystemKind() {}

  /**
   * Why events of a folder's file system would not be all that happens; nothing if they are.
   *
   * @return the file system's name and the reason, for a person
   */
  public static Optional<String> unseen(Folder folder) throws SystemCallException {
    CallMemory memory = CallMemory.ofThisThread();
    long result =
        Kernel.call(SystemCall.FSTATFS, folder.descriptor().number(), memory.structure().address());
    SystemCallException.check(result, SystemCall.FSTATFS, folder.descriptor().described());
    return unseen(memory.structure().get(ValueLayout.JAVA_LONG, 0) & 0xFFFFFFFFL);
  }

  /** Numbers of {@code f_type} from {@code linux/magic.h} and the file systems' own sources. */
  static Optional<String> unseen(long type) {
    return switch ((int) type) {
      case 0x6969 -> network("NFS");
      case 0xFF534D42, 0xFE534D42, 0x517B -> network("SMB");
      case 0x00C36400 -> network("Ceph");
      case 0x01021997 -> network("9p");
      case 0x5346414F, 0x6B414653 -> network("AFS");
      case 0x73757245 -> network("Coda");
      case 0x0BD00BD0 -> network("Lustre");
      case 0x19830326 -> network("BeeGFS");
      case 0x47504653 -> network("GPFS");
      case 0x01161970 -> network("GFS2");
      case 0x7461636F -> network("OCFS2");
      case 0x786F4256 -> network("vboxsf");
      case 0x65735546 -> Optional.of("FUSE: what its server changes by itself is not seen");
      case 0x794C7630 -> Optional.of("overlay: changes in its layers are not seen");
      case 0x61756673 -> Optional.of("aufs: changes in its layers are not seen");
      default -> Optional.empty();
    };
  }

  private static Optional<String> network(String name) {
    return Optional.of(name + ": changes made by other machines are not seen");
  }
}
