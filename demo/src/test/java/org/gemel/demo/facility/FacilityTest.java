package org.gemel.demo.facility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import javax.sound.sampled.AudioSystem;
import org.gemel.core.Side;
import org.gemel.demo.workload.BrowseConfig;
import org.gemel.demo.workload.VolumeMarker;
import org.gemel.demo.workload.WorkloadConfig;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("B-43")
final class FacilityTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  @Tag("M-61")
  void aNewFacilityHasMaterialOnXAndMarkersOnBoth(@TempDir Path dir) throws Exception {
    Facility facility = open(dir);

    assertThat(VolumeMarker.read(facility.volume(Side.X)).side()).isEqualTo(Side.X);
    assertThat(VolumeMarker.read(facility.volume(Side.Y)).side()).isEqualTo(Side.Y);
    try (var onX = Files.walk(facility.volume(Side.X));
        var onY = Files.walk(facility.volume(Side.Y))) {
      assertThat(onX.filter(Files::isRegularFile).count()).isGreaterThan(300);
      assertThat(onY.filter(Files::isRegularFile)).hasSize(1);
    }
    Path tone = facility.volume(Side.X).resolve("Sport/tone 002.wav");
    assertThat(AudioSystem.getAudioFileFormat(tone.toFile()).getFrameLength()).isPositive();
    Path odd = facility.volume(Side.X).resolve("Projects/odd names");
    assertThat(odd.resolve("two\nlines.txt")).exists();
    assertThat(odd.resolve("empty folder")).isEmptyDirectory();
    assertThat(Files.isSymbolicLink(odd.resolve("link to nothing"))).isTrue();
  }

  @Test
  void aSecondStartGoesOnWithPortsPasswordsMountsAndVariants(@TempDir Path dir) throws Exception {
    Facility first = open(dir);
    Device editor = device("edit-1");
    Path mount = WorkloadConfig.read(first.workload(editor)).mount();
    Files.delete(mount);
    Files.createSymbolicLink(mount, Path.of("../../volumes/Y"));
    Path configs = first.browseConfigs(device("browse-1"), "browse-news");
    Files.copy(
        configs.resolve("service.Y.config"),
        configs.resolve("service.config"),
        StandardCopyOption.REPLACE_EXISTING);

    Facility second = open(dir);

    assertThat(second.port("control")).isEqualTo(first.port("control"));
    assertThat(second.password("database-administrator"))
        .isEqualTo(first.password("database-administrator"));
    assertThat(mount.toRealPath()).isEqualTo(second.volume(Side.Y));
    assertThat(BrowseConfig.read(configs.resolve("service.config")).side()).isEqualTo(Side.Y);
    assertThat(WorkloadConfig.read(second.workload(editor)).database(Side.Y))
        .isEqualTo(second.application(Side.Y));
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(second.workload(editor))))
        .isEqualTo("rw-------");
    assertThat(Facility.existing(dir).databasePort(Side.Y)).isEqualTo(first.databasePort(Side.Y));
  }

  @Test
  void aPortThatIsTakenByNowIsReplaced(@TempDir Path dir) throws Exception {
    int port = open(dir).port("control");
    try (ServerSocket other = new ServerSocket()) {
      other.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      assertThat(open(dir).port("control")).isNotEqualTo(port);
    }
  }

  @Test
  void onlyAFolderTheDemoMadeIsDeleted(@TempDir Path dir) throws Exception {
    Path strange = Files.createDirectories(dir.resolve("strange"));
    Files.writeString(strange.resolve("thesis.txt"), "years of work");
    assertThatThrownBy(() -> Facility.delete(strange))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("refused to delete")
        .hasMessageContaining("--dir");
    assertThatThrownBy(() -> open(strange))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("wanted an empty or new folder");
    assertThat(strange.resolve("thesis.txt")).exists();

    Path facility = dir.resolve("facility");
    open(facility);
    Files.createSymbolicLink(facility.resolve("volumes/X/outside"), strange);
    Facility.delete(facility);
    assertThat(Files.exists(facility, LinkOption.NOFOLLOW_LINKS)).isFalse();
    assertThat(strange.resolve("thesis.txt")).exists();
  }

  @Test
  void aMisspeltKeyNamesTheNearest(@TempDir Path dir) throws Exception {
    Path file = dir.resolve("workload.yaml");
    Files.writeString(file, "devize: edit-1\n");
    assertThatThrownBy(() -> WorkloadConfig.read(file))
        .hasMessageContaining("'devize'")
        .hasMessageContaining("'device'");
  }

  private static Facility open(Path dir) throws IOException, InterruptedException {
    return Facility.open(dir, Map.of(), NOW);
  }

  private static Device device(String name) {
    return Device.all().stream()
        .filter(device -> device.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
