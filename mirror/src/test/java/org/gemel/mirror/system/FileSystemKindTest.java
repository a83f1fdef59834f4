package org.gemel.mirror.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Where others can change a tree behind the kernel's back, events are not relied on. */
final class FileSystemKindTest {
  @Test
  void networkAndStackedFileSystemsAreNotWatched() {
    assertThat(FileSystemKind.unseen(0x6969L)).contains(machines("NFS"));
    assertThat(FileSystemKind.unseen(0xFF534D42L)).contains(machines("SMB"));
    assertThat(FileSystemKind.unseen(0xFE534D42L)).contains(machines("SMB"));
    assertThat(FileSystemKind.unseen(0x00C36400L)).contains(machines("Ceph"));
    assertThat(FileSystemKind.unseen(0x65735546L)).isPresent();
    assertThat(FileSystemKind.unseen(0x794C7630L)).isPresent();
  }

  @Test
  void localOnesAre() {
    long ext4 = 0xEF53L;
    long xfs = 0x58465342L;
    long btrfs = 0x9123683EL;
    long tmpfs = 0x01021994L;
    assertThat(List.of(ext4, xfs, btrfs, tmpfs)).noneMatch(FileSystemKindTest::isUnseen);
  }

  @Test
  void mountPointsAreReadAsTheyAreNamed() {
    assertThat(MountTable.unescape("/a\\040b\\134c\\012d")).isEqualTo("/a b\\c\nd");
  }

  private static boolean isUnseen(long type) {
    return FileSystemKind.unseen(type).isPresent();
  }

  private static String machines(String name) {
    return name + ": changes made by other machines are not seen";
  }
}
