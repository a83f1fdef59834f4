package org.gemel.agent.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gemel.agent.base.Answer;
import org.gemel.core.Role;
import org.gemel.core.Side;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class VolumeMarkTest {
  @TempDir Path folder;
  private Path x;
  private Path y;

  @BeforeEach
  void make() throws IOException {
    x = Files.createDirectory(folder.resolve("X"));
    y = Files.createDirectory(folder.resolve("Y"));
  }

  @Test
  void roleIsReadBackAsItWasWritten() throws IOException {
    VolumeMark mark = new VolumeMark(x);
    assertThat(mark.read()).isEmpty();
    assertThat(mark.write(Role.MAIN, 3).done()).isTrue();
    assertThat(new VolumeMark(x).read()).contains(new RoleMark(Role.MAIN, 3));
    assertThat(Files.readString(x.resolve(".gemel-role"))).isEqualTo("role: main\nepoch: 3\n");
  }

  @Test
  void epochNeverFalls() throws IOException {
    VolumeMark mark = new VolumeMark(x);
    mark.write(Role.BACKUP, 5);
    Answer late = mark.write(Role.MAIN, 4);
    assertThat(late.done()).isFalse();
    assertThat(late.words()).contains("BACKUP of epoch 5", "MAIN of epoch 4");
    assertThat(mark.read()).contains(new RoleMark(Role.BACKUP, 5));
    assertThat(mark.write(Role.MAIN, 5).done()).isTrue();
    assertThat(mark.write(Role.BACKUP, -1).done()).isTrue();
    assertThat(mark.write(Role.BACKUP, Long.MAX_VALUE).done()).isFalse();
  }

  @Test
  void passRunsFromMainToBackupOnly() {
    assertRefused(x, y, "source", "no role");
    new VolumeMark(x).write(Role.MAIN, 1);
    assertRefused(x, y, "target", "no role");
    new VolumeMark(y).write(Role.BACKUP, 9);
    assertThat(VolumeMark.permitsPass(x, y).done()).isTrue();
    assertRefused(y, x, "source", "BACKUP of epoch 9");
    new VolumeMark(y).write(Role.MAIN, 9);
    assertRefused(x, y, "target", "MAIN of epoch 9");
    assertRefused(x, folder.resolve("X/../X"), "one folder");
    assertRefused(x, folder.resolve("gone"), "gone");
  }

  @Test
  void fileThatIsUnfitIsNoRole() throws IOException {
    Files.writeString(x.resolve(VolumeMark.FILE), "role: primary\nepoch: 1\n");
    assertThatThrownBy(() -> new VolumeMark(x).read()).hasMessageContaining("role: primary");
    assertThat(new VolumeMark(x).write(Role.MAIN, 9).done()).isFalse();
    assertRefused(x, y, "role: primary");
    Files.writeString(x.resolve(VolumeMark.FILE), "role: main\n");
    assertThatThrownBy(() -> new VolumeMark(x).read()).hasMessageContaining("no 'epoch:'");
    Files.writeString(x.resolve(VolumeMark.FILE), "role: main\nepoch: 1\nrole: backup\n");
    assertThatThrownBy(() -> new VolumeMark(x).read()).hasMessageContaining("once");
  }

  @Test
  void volumeThatIsNotThereIsNotOneWithoutRole() {
    VolumeMark gone = new VolumeMark(folder.resolve("gone"));
    assertThatThrownBy(gone::read).hasMessageContaining("gone");
    assertThat(gone.write(Role.MAIN, 1).done()).isFalse();
    assertThat(folder.resolve("gone")).doesNotExist();
  }

  @Test
  void markerNamesVolumeAndSide() throws IOException {
    assertThatThrownBy(() -> VolumeMarker.read(x)).hasMessageContaining("no marker file");
    Files.writeString(x.resolve(VolumeMarker.FILE), "volume: v-1\nside: X\nlater: 1\n");
    assertThat(VolumeMarker.read(x)).isEqualTo(new VolumeMarker("v-1", Side.X));
    Files.writeString(x.resolve(VolumeMarker.FILE), "volume: v-1\nside: Z\n");
    assertThatThrownBy(() -> VolumeMarker.read(x)).hasMessageContaining("side: Z");
  }

  private static void assertRefused(Path source, Path target, String... words) {
    Answer answer = VolumeMark.permitsPass(source, target);
    assertThat(answer.done()).isFalse();
    assertThat(answer.words()).contains(words);
  }
}
