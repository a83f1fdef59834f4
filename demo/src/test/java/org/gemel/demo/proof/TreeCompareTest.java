package org.gemel.demo.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import org.gemel.core.Side;
import org.gemel.demo.facility.Facility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TreeCompareTest {
  @Test
  void everyKindOfDifferenceIsFound(@TempDir Path dir) throws Exception {
    Facility facility = Facility.open(dir, Map.of(), Instant.EPOCH);
    Path x = facility.volume(Side.X);
    Path y = dir.resolve("copy");
    assertThat(new ProcessBuilder("cp", "-a", x.toString(), y.toString()).start().waitFor())
        .isZero();
    assertThat(TreeCompare.compare(x, y).findings()).isEmpty();

    Path file = y.resolve("Sport/tone 002.wav");
    FileTime time = Files.getLastModifiedTime(file);
    byte[] content = Files.readAllBytes(file);
    content[1000] ^= 1;
    Files.write(file, content);
    Files.setLastModifiedTime(file, time);
    Files.delete(y.resolve("Projects/odd names/empty folder"));
    Files.setLastModifiedTime(y.resolve("Sport/tone 007.wav"), FileTime.fromMillis(1));
    Files.createSymbolicLink(y.resolve("Sport/more"), Path.of("nowhere"));

    assertThat(TreeCompare.compare(x, y).findings())
        .extracting(Finding::what)
        .containsExactlyInAnyOrder(
            "file Sport/tone 002.wav",
            "file Projects/odd names/empty folder",
            "file Sport/tone 007.wav",
            "file Sport/more");
  }
}
