package org.gemel.mirror.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gemel.mirror.MirrorListener;
import org.gemel.mirror.MirrorReport;
import org.gemel.mirror.MirrorReport.Outcome;
import org.gemel.mirror.MirrorRequest;
import org.gemel.mirror.Shell;
import org.gemel.mirror.TreeMirror;
import org.gemel.mirror.TreeRoot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A little of everything survives the way to each file system and back. */
@Tag("M-54")
final class FileSystemMatrixTest {
  enum Kind {
    EXT4,
    XFS,
    BTRFS,
    TMPFS,
    OVERLAY
  }

  private final Path folder;
  private final Volumes volumes;

  FileSystemMatrixTest(@TempDir Path folder) {
    this.folder = folder;
    this.volumes = new Volumes(folder);
  }

  @AfterEach
  void unmount() {
    volumes.close();
  }

  private Path mount(Kind kind) throws IOException {
    try {
      return switch (kind) {
        case EXT4 -> volumes.inImage("volume", "64M", "mkfs.ext4 -q");
        case XFS -> volumes.inImage("volume", "300M", "mkfs.xfs -q -m reflink=1");
        case BTRFS -> volumes.inImage("volume", "256M", "mkfs.btrfs -q");
        case TMPFS -> volumes.inMemory("volume", "64m");
        case OVERLAY -> volumes.overlay("volume");
      };
    } catch (org.opentest4j.TestAbortedException e) {
      System.out.println(kind + " is left out: " + e.getMessage());
      throw e;
    }
  }

  @ParameterizedTest
  @EnumSource
  void everythingArrivesAndComesBack(Kind kind) throws Exception {
    Path volume = mount(kind);
    Path home = Files.createDirectory(folder.resolve("home"));
    Path away = Files.createDirectory(volume.resolve("away"));
    Path back = Files.createDirectory(folder.resolve("back"));
    TwoStates.fill(home);
    prove(home, away);
    prove(away, back);
    Judge.proveAlike(home, back, "there and back again");
    Shell.run(
        home,
        """
        rm -r tree-one folder-or-file file-or-folder; printf f > folder-or-file; mkdir file-or-folder
        mv swap1 t; mv swap2 swap1; mv t swap2; printf changed > changed; chmod 0711 calm; ln -f group mode
        printf more >> large; truncate -s 2M sparse; ln -sfn two pointing; touch -d @7000.7 time
        """);
    prove(home, away);
    prove(away, back);
    assertThat(allocated(away.resolve("sparse"))).as("holes stay holes").isLessThan(100_000);
  }

  @ParameterizedTest
  @EnumSource(names = {"XFS", "BTRFS"})
  void aCopyOnAFileSystemThatSharesBlocksTakesNoRoom(Kind kind) throws Exception {
    Path volume = mount(kind);
    Path source = Files.createDirectory(volume.resolve("source"));
    Path target = Files.createDirectory(volume.resolve("target"));
    Shell.run(
        source,
        "head -c 40000000 /dev/urandom > large; cp --reflink=always large other && sync -f .");
    long before = Files.getFileStore(volume).getUsableSpace();
    prove(source, target);
    assertThat(before - Files.getFileStore(volume).getUsableSpace()).isLessThan(20_000_000);
  }

  private static void prove(Path source, Path target) throws Exception {
    MirrorRequest request = MirrorRequest.of(TreeRoot.of(source), TreeRoot.of(target));
    MirrorReport report = TreeMirror.run(request, MirrorListener.NONE);
    assertThat(report.outcome()).as(report.toString()).isEqualTo(Outcome.COMPLETE);
    Judge.proveAlike(source, target, report.toString());
    report = TreeMirror.run(request, MirrorListener.NONE);
    assertThat(report.counts().changedAnything()).as(report.toString()).isFalse();
  }

  private static long allocated(Path file) {
    return 512 * Long.parseLong(Shell.run(file.getParent(), "stat -c %b " + file).strip());
  }
}
