package org.gemel.agent.mount;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.gemel.agent.base.Answer;
import org.gemel.core.Side;
import org.gemel.wire.protocol.MountState;
import org.gemel.wire.protocol.WireSide;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("M-24")
final class LinkMountTest {
  @TempDir Path folder;
  private final Set<Long> services = ConcurrentHashMap.newKeySet();
  private final Set<Process> started = new HashSet<>();
  private Path link;
  private Path x;
  private Path y;
  private LinkMount mount;

  @BeforeEach
  void make() throws IOException {
    link = folder.resolve("V");
    x = volume(folder.resolve("X"), "volume: vx\nside: X\n");
    y = volume(folder.resolve("Y"), "volume: vy\nside: Y\n");
    mount =
        new LinkMount(
            link,
            new VolumePlace(x, "vx"),
            new VolumePlace(y, "vy"),
            () -> services,
            Duration.ofSeconds(5));
  }

  @AfterEach
  void end() {
    started.forEach(this::end);
  }

  @Test
  void leadsToASideToTheOtherAndNowhere() {
    assertThat(mount.current()).isEqualTo(MountState.getDefaultInstance());
    for (Side side : new Side[] {Side.X, Side.Y, Side.Y, Side.X}) {
      assertThat(mount.attach(side).done()).isTrue();
      assertThat(mount.current().getProven()).isTrue();
      assertThat(mount.current().getSide())
          .isEqualTo(side == Side.X ? WireSide.SIDE_X : WireSide.SIDE_Y);
      assertThat(mount.current().getWords()).isEmpty();
      assertThat(link.resolve(".gemel-volume"))
          .hasContent(side == Side.X ? "volume: vx\nside: X" : "volume: vy\nside: Y");
    }
    assertThat(mount.release().done()).isTrue();
    assertThat(mount.release().done()).isTrue();
    assertThat(link).doesNotExist();
    assertThat(mount.current()).isEqualTo(MountState.getDefaultInstance());
  }

  @Test
  @Tag("M-04")
  void reachSaysWhatWasTriedAndChangesNothing() throws IOException {
    mount.attach(Side.X);
    assertThat(mount.reach(Side.Y).done()).isTrue();
    Files.delete(y.resolve(".gemel-volume"));
    Answer answer = mount.reach(Side.Y);
    assertThat(answer.done()).isFalse();
    assertThat(answer.words()).contains("opened " + y.resolve(".gemel-volume"), "no marker file");
    volume(y, "volume: other\nside: Y\n");
    assertThat(mount.reach(Side.Y).words()).contains("volume other", "wanted volume vy");
    volume(y, "volume: vy\nside: X\n");
    assertThat(mount.reach(Side.Y).words()).contains("of side X", "of side Y");
    assertThat(mount.attach(Side.Y).done()).isFalse();
    assertThat(mount.current().getSide()).isEqualTo(WireSide.SIDE_X);
    assertThat(mount.current().getProven()).isTrue();
  }

  @Test
  void volumeThatWentAwayIsNoLongerProven() throws IOException {
    mount.attach(Side.X);
    Files.delete(x.resolve(".gemel-volume"));
    assertThat(mount.current().getSide()).isEqualTo(WireSide.SIDE_X);
    assertThat(mount.current().getProven()).isFalse();
    assertThat(mount.current().getWords()).contains("no marker file");
  }

  @Test
  @Tag("M-04")
  void storageThatDoesNotAnswerIsNotWaitedForForEver() throws Exception {
    Files.delete(y.resolve(".gemel-volume"));
    Process made = new ProcessBuilder("mkfifo", y.resolve(".gemel-volume").toString()).start();
    assertThat(made.waitFor()).isZero();
    LinkMount hasty =
        new LinkMount(
            link,
            new VolumePlace(x, "vx"),
            new VolumePlace(y, "vy"),
            () -> services,
            Duration.ofMillis(100));
    assertThat(hasty.reach(Side.Y).words()).contains("no answer within 100 ms");
    assertThat(hasty.reach(Side.Y).words()).contains("no answer within 100 ms");
    assertThat(
            Thread.getAllStackTraces().keySet().stream()
                .filter(it -> it.getName().equals("volume " + y)))
        .hasSize(1);
    Files.writeString(y.resolve(".gemel-volume"), "volume: vy\nside: Y\n"); // lets the reader go
  }

  @Test
  void whoHoldsAFileOrAFolderIsNamedAndTheMountLeadsNowhere() throws IOException {
    mount.attach(Side.X);
    Path open = Files.writeString(x.resolve("take.mov"), "frames");
    Process reader = start(folder, open);
    Process worker = start(Files.createDirectory(x.resolve("project")), Path.of("/dev/null"));
    Answer answer = mount.release();
    assertThat(answer.done()).isFalse();
    assertThat(answer.words())
        .contains("process " + reader.pid() + " holds " + open.toRealPath())
        .contains("process " + worker.pid() + " holds " + x.toRealPath().resolve("project"));
    assertThat(Files.exists(link, LinkOption.NOFOLLOW_LINKS)).isFalse();
    assertThat(mount.release().done()).as("still held").isFalse();
    assertThat(mount.attach(Side.Y).words()).as("held on the other side").contains("take.mov");
    end(reader);
    end(worker);
    assertThat(mount.release().done()).isTrue();
    assertThat(mount.attach(Side.Y).done()).isTrue();
  }

  @Test
  void folderInPlaceOfTheLinkIsNeverReplaced() throws IOException {
    Files.createDirectory(link);
    assertThat(mount.attach(Side.X).words()).contains("wanted a symbolic link");
    assertThat(mount.release().words()).contains("wanted a symbolic link");
    assertThat(mount.current().getWords()).contains("wanted a symbolic link");
    assertThat(link).isDirectory();
  }

  @Test
  void linkToSomewhereElseIsNoSide() throws IOException {
    Files.createSymbolicLink(link, folder);
    assertThat(mount.current().getSide()).isEqualTo(WireSide.SIDE_UNSPECIFIED);
    assertThat(mount.current().getWords()).contains("leads to " + folder);
    assertThat(mount.attach(Side.Y).done()).isTrue();
  }

  @Test
  void whatACrashLeftBesideDoesNotDisturb() throws IOException {
    Files.createSymbolicLink(folder.resolve(".V.gemel-new"), x);
    assertThat(mount.attach(Side.Y).done()).isTrue();
    assertThat(Files.exists(folder.resolve(".V.gemel-new"), LinkOption.NOFOLLOW_LINKS)).isFalse();
  }

  private void end(Process process) {
    process.destroyForcibly().onExit().join();
    services.remove(process.pid());
  }

  private Process start(Path directory, Path input) throws IOException {
    Process process =
        new ProcessBuilder("sleep", "1000")
            .directory(directory.toFile())
            .redirectInput(input.toFile())
            .start();
    started.add(process);
    services.add(process.pid());
    return process;
  }

  private static Path volume(Path folder, String marker) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve(".gemel-volume"), marker);
    return folder;
  }
}
