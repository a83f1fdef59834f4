package org.gemel.config.kept;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The folder lies on a volume that clients write to; what they plant there is not followed. */
@Tag("M-63")
final class KeptFolderTest {
  private static final byte[] ARCHIVE = {1, 2, 3};

  @TempDir private Path volume;

  @Test
  void anArchiveIsItsOwnersAloneAndTakesThePlaceOfTheOlder() throws IOException {
    var kept = new KeptFolder(volume.resolve("Configuration"));
    assertThat(kept.digests()).isEmpty();
    kept.put("nas-x", new byte[] {9});
    kept.put("nas-x", ARCHIVE);

    assertThat(kept.read("nas-x")).isEqualTo(ARCHIVE);
    assertThat(kept.digests()).containsOnly(entry("nas-x"));
    assertThat(mode("Configuration")).isEqualTo("rwx------");
    assertThat(mode("Configuration/nas-x.zip")).isEqualTo("rw-------");
    try (var files = Files.list(volume.resolve("Configuration"))) {
      assertThat(files).hasSize(1);
    }
  }

  private static java.util.Map.Entry<String, String> entry(String machine) {
    return java.util.Map.entry(machine, KeptArchive.digest(ARCHIVE));
  }

  private String mode(String path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(volume.resolve(path)));
  }

  @Test
  void aLinkInPlaceOfTheFolderIsNotFollowed() throws IOException {
    var elsewhere = Files.createDirectory(volume.resolve("elsewhere"));
    Files.createSymbolicLink(volume.resolve("Configuration"), elsewhere);
    var kept = new KeptFolder(volume.resolve("Configuration"));

    assertThatThrownBy(() -> kept.put("nas-x", ARCHIVE))
        .hasMessageContaining("found a symbolic link");
    assertThat(elsewhere).isEmptyDirectory();
  }

  @Test
  void aLinkInPlaceOfAnArchiveIsReplacedAndNotRead() throws IOException {
    var kept = new KeptFolder(volume.resolve("Configuration"));
    kept.make();
    var elsewhere = Files.writeString(volume.resolve("elsewhere"), "not ours");
    var planted = volume.resolve("Configuration/nas-x.zip");
    Files.createSymbolicLink(planted, elsewhere);

    assertThatThrownBy(() -> kept.read("nas-x")).isInstanceOf(IOException.class);
    kept.put("nas-x", ARCHIVE);
    assertThat(elsewhere).hasContent("not ours");
    assertThat(planted).isRegularFile();
    assertThat(Files.isSymbolicLink(planted)).isFalse();
  }

  @Test
  void aFolderThatOthersMayWriteIsNotTrusted() throws IOException {
    var kept = new KeptFolder(volume.resolve("Configuration"));
    kept.put("nas-x", ARCHIVE);
    Files.setPosixFilePermissions(
        volume.resolve("Configuration"), PosixFilePermissions.fromString("rwxrwxrwx"));

    assertThatThrownBy(() -> kept.read("nas-x"))
        .hasMessageContaining("open to others (rwxrwxrwx), wanted mode 0700");
  }

  @Test
  void aNameThatLeadsOutIsNoMachine() {
    var kept = new KeptFolder(volume.resolve("Configuration"));
    assertThatThrownBy(() -> kept.put("../nas-x", ARCHIVE))
        .hasMessageContaining("wanted a machine's name");
    assertThat(volume.getParent().resolve("nas-x.zip")).doesNotExist();
  }

  @Test
  void whatIsNotThereIsSaidWithWhereToLook() throws IOException {
    var kept = new KeptFolder(volume.resolve("Configuration"));
    kept.make();
    assertThatThrownBy(() -> kept.read("nas-y"))
        .hasMessageContaining("found nothing kept of 'nas-y'");
  }
}
