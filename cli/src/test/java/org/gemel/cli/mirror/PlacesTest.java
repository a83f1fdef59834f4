package org.gemel.cli.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.gemel.mirror.link.LinkCredentials;
import org.gemel.mirror.link.LinkTimes;
import org.gemel.mirror.link.MirrorServer;
import org.gemel.mirror.link.VolumeGuard;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Options that a place leaves no room for are refused in words, and the others work there. */
@Tag("B-40")
final class PlacesTest {
  private static final String AGENT = "agent://nas-y:8446/media";
  private static final String SERVER = "sftp://mirror@nas-y/media";

  private final Path folder;
  private final String here;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  PlacesTest(@TempDir Path folder) throws Exception {
    this.folder = folder;
    here = Files.createDirectory(folder.resolve("here")).toString();
  }

  @Test
  void whatIsElsewhereCannotBeWatched() {
    for (List<String> places :
        List.of(List.of(here, AGENT), List.of(AGENT, here), List.of(here, SERVER))) {
      assertThat(mirror(places, "--watch")).isEqualTo(2);
      String elsewhere = places.get(0).equals(here) ? places.get(1) : places.get(0);
      assertThat(err.toString())
          .contains("found --watch with " + elsewhere)
          .contains("wanted two folders of this machine");
    }
  }

  @Test
  void whatIsMirroredElsewhereIsNotRememberedHere() {
    String index = "--index=" + folder.resolve("index");
    for (String elsewhere : List.of(AGENT, SERVER)) {
      assertThat(mirror(List.of(here, elsewhere), index)).isEqualTo(2);
      assertThat(err.toString())
          .contains("found --index with " + elsewhere)
          .contains("only where TO is a folder of this machine");
    }
    assertThat(folder.resolve("index")).doesNotExist();
  }

  @Test
  void oneEndIsAlwaysHere() {
    assertThat(mirror(List.of(AGENT, AGENT))).isEqualTo(2);
    assertThat(err.toString()).contains("wanted one of them on this machine");
    assertThat(mirror(List.of(AGENT, SERVER))).isEqualTo(2);
    assertThat(err.toString()).contains("as FROM of a mirror to a server");
  }

  @Test
  void optionsOfALinkAreRefusedWhereThereIsNone() {
    for (List<String> places : List.of(List.of(here, SERVER), List.of(here, here + "2"))) {
      assertThat(mirror(places, "--compress")).isEqualTo(2);
      assertThat(mirror(places, "--compress", "--dry-run", "--plain")).isEqualTo(2);
      assertThat(err.toString()).contains("found an option of a link and no agent://");
    }
  }

  @Test
  @Tag("B-41")
  void anIndexTellsRenamesOfASourceBehindAServer() throws Exception {
    Path secret = folder.resolve("secret");
    Files.write(secret, new byte[48]);
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
    Path served = Files.createDirectory(folder.resolve("served"));
    Files.writeString(served.resolve("before"), "content that need not move");
    Files.writeString(
        folder.resolve("serve.yaml"),
        "{listen: '127.0.0.1:0', secret: secret, volumes: [{name: media, folder: served, access: READ_ONLY}]}");
    ServeConfiguration file = ServeConfiguration.load(folder.resolve("serve.yaml"));
    try (MirrorServer server =
        MirrorServer.start(
            file.listen().socket(),
            LinkCredentials.Secret.read(secret),
            file.served(),
            VolumeGuard.NONE,
            LinkTimes.USUAL,
            words -> {})) {
      List<String> places =
          List.of("agent://127.0.0.1:" + server.address().getPort() + "/media", here);
      String[] options = {
        "--plain", "--link-secret=" + secret, "--index=" + folder.resolve("index"), "-o", "json"
      };
      assertThat(mirror(places, options)).as(err.toString()).isZero();
      Files.move(served.resolve("before"), served.resolve("after"));
      assertThat(mirror(places, options)).as(err.toString()).isZero();
      assertThat(out.toString()).contains("\"renamed\":1").contains("\"bytesMoved\":0");
      assertThat(Path.of(here, "after")).hasContent("content that need not move");
      assertThat(Path.of(here, "before")).doesNotExist();
      assertThat(mirror(places, options)).as(err.toString()).isZero();
      assertThat(out.toString()).contains("\"created\":0,\"updated\":0");
    }
  }

  private int mirror(List<String> places, String... options) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    List<String> all = new ArrayList<>(List.of(options));
    all.addAll(places);
    return new CommandLine(new MirrorCommand())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(all.toArray(String[]::new));
  }
}
