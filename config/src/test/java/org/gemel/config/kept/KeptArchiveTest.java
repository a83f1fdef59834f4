package org.gemel.config.kept;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is kept of a machine is whole and right, or it is not taken. */
@Tag("M-63")
final class KeptArchiveTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  private static KeptMachine nas(String content) {
    return new KeptMachine(
        "nas-x",
        MachineKind.AGENT,
        NOON,
        List.of(
            file("/etc/gemel/agent.yaml", content),
            file("/etc/gemel/side X/ümlaut.conf", "\0\1binary")));
  }

  private static KeptFile file(String place, String content) {
    return new KeptFile(
        Path.of(place), "rw-r-----", false, content.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void whatIsReadIsWhatWasWritten() throws IOException {
    var read = KeptArchive.read(KeptArchive.write(nas("device: nas-x")), "here");

    assertThat(read.machine()).isEqualTo("nas-x");
    assertThat(read.kind()).isEqualTo(MachineKind.AGENT);
    assertThat(read.changed()).isEqualTo(NOON);
    assertThat(read.start()).isEqualTo(Path.of("/etc/gemel/agent.yaml"));
    assertThat(read.files())
        .extracting(each -> each.place() + " " + each.mode() + " " + each.digest())
        .isEqualTo(
            nas("device: nas-x").files().stream()
                .map(each -> each.place() + " " + each.mode() + " " + each.digest())
                .toList());
  }

  @Test
  void theSameConfigurationGivesTheSameBytes() throws IOException {
    assertThat(KeptArchive.write(nas("a"))).isEqualTo(KeptArchive.write(nas("a")));
    assertThat(KeptArchive.digest(KeptArchive.write(nas("a"))))
        .isNotEqualTo(KeptArchive.digest(KeptArchive.write(nas("b"))));
  }

  @Test
  void anArchiveCutOffAnywhereIsNotTaken() throws IOException {
    var whole = KeptArchive.write(nas("device: nas-x"));
    for (int length = 0; length < whole.length; length += 7) {
      var cut = java.util.Arrays.copyOf(whole, length);
      // The directory at a zip's end is not needed to read it: what is read must be all there.
      try {
        assertThat(KeptArchive.read(cut, "cut").files()).hasSize(2);
      } catch (IOException refused) {
        assertThat(refused).hasMessageContaining("wanted a whole archive");
      }
    }
  }

  @Test
  void contentThatIsNotTheManifestsIsNotTaken() throws IOException {
    var manifest =
        """
        {"format":1,"machine":"nas-x","kind":"AGENT","changed":"2026-11-21T12:00:00Z","files":[
        {"entry":"files/1","place":"/etc/passwd","mode":"rw-------","sealed":false,"sha256":"00"}]}""";
    assertThatThrownBy(() -> KeptArchive.read(zip("files/1", "x", "manifest.json", manifest), "it"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("/etc/passwd missing or changed");
  }

  @Test
  void placesThatLeadElsewhereAreNotTaken() throws IOException {
    var manifest =
        """
        {"format":1,"machine":"nas-x","kind":"AGENT","changed":"2026-11-21T12:00:00Z","files":[
        {"entry":"files/1","place":"/etc/../root/.ssh","mode":"rw-------","sealed":false,"sha256":"%s"}]}"""
            .formatted(KeptFile.sha256("x".getBytes(StandardCharsets.UTF_8)));
    assertThatThrownBy(() -> KeptArchive.read(zip("files/1", "x", "manifest.json", manifest), "it"))
        .hasMessageContaining("without . and ..");
  }

  @Test
  void aSmallArchiveOfManyZerosTakesNoMemory() throws IOException {
    var bomb = zip("files/1", "\0".repeat(KeptArchive.LARGEST_FILE + 1));
    assertThat(bomb.length).isLessThan(20_000);
    assertThatThrownBy(() -> KeptArchive.read(bomb, "it"))
        .hasMessageContaining("more than a configuration has");
  }

  @Test
  void aLaterFormatIsRefusedInWords() throws IOException {
    var manifest =
        "{\"format\":2,\"machine\":\"n\",\"kind\":\"AGENT\",\"changed\":\"\",\"files\":[]}";
    assertThatThrownBy(() -> KeptArchive.read(zip("manifest.json", manifest), "it"))
        .hasMessageContaining("format 2");
  }

  private static byte[] zip(String... namesAndContents) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      for (int i = 0; i < namesAndContents.length; i += 2) {
        zip.putNextEntry(new ZipEntry(namesAndContents[i]));
        zip.write(namesAndContents[i + 1].getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }
}
