package org.gemel.config.kept;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.gemel.config.kept.Retrieval.Change;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A replacement gets every file in its place, and loses none that stood there. */
@Tag("M-63")
final class RetrievalTest {
  @TempDir private Path root;

  private static KeptMachine machine(String... placesAndContents) {
    var files = new java.util.ArrayList<KeptFile>();
    for (int i = 0; i < placesAndContents.length; i += 2) {
      files.add(
          new KeptFile(
              Path.of(placesAndContents[i]),
              "rw-r-----",
              false,
              placesAndContents[i + 1].getBytes(StandardCharsets.UTF_8)));
    }
    return new KeptMachine("nas-x", MachineKind.AGENT, Instant.EPOCH, List.copyOf(files));
  }

  @Test
  void everyFileComesToItsPlaceWithItsMode() throws IOException {
    var kept = machine("/etc/gemel/agent.yaml", "device", "/opt/a/b/active.conf", "side X");
    var plan = Retrieval.plan(kept, root, Optional.empty());
    assertThat(plan.items()).extracting(Retrieval.Item::change).containsOnly(Change.CREATE);
    assertThat(root).isEmptyDirectory();

    plan.perform();

    assertThat(root.resolve("etc/gemel/agent.yaml")).hasContent("device");
    assertThat(root.resolve("opt/a/b/active.conf")).hasContent("side X");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(root.resolve("opt/a/b/active.conf"))))
        .isEqualTo("rw-r-----");
    assertThat(Retrieval.plan(kept, root, Optional.empty()).items())
        .extracting(Retrieval.Item::change)
        .containsOnly(Change.SAME);
  }

  @Test
  void whatStoodThereIsKeptBesideEachTime() throws IOException {
    var place = root.resolve("agent.yaml");
    Files.writeString(place, "first");
    Retrieval.plan(machine("/agent.yaml", "second"), root, Optional.empty()).perform();
    var plan = Retrieval.plan(machine("/agent.yaml", "third"), root, Optional.empty());
    assertThat(plan.replaces()).isTrue();
    plan.perform();

    assertThat(place).hasContent("third");
    assertThat(root.resolve("agent.yaml.before-1")).hasContent("first");
    assertThat(root.resolve("agent.yaml.before-2")).hasContent("second");
  }

  @Test
  void onePlaceThatCannotBeWrittenLeavesAllAsTheyWere() throws IOException {
    Files.writeString(root.resolve("agent.yaml"), "mine");
    Files.writeString(root.resolve("file"), "where a folder is wanted");
    var plan =
        Retrieval.plan(
            machine("/agent.yaml", "kept", "/file/below", "kept"), root, Optional.empty());

    assertThatThrownBy(plan::perform).isInstanceOf(IOException.class);

    assertThat(root.resolve("agent.yaml")).hasContent("mine");
    try (var left = Files.list(root)) {
      assertThat(left.map(each -> each.getFileName().toString()))
          .containsExactlyInAnyOrder("agent.yaml", "file");
    }
  }

  @Test
  void aFolderInTheWayIsNamed() throws IOException {
    Files.createDirectory(root.resolve("agent.yaml"));
    assertThatThrownBy(() -> Retrieval.plan(machine("/agent.yaml", "kept"), root, Optional.empty()))
        .hasMessageContaining("found a folder at " + root.resolve("agent.yaml"));
  }

  @Test
  void aSymbolicLinkInTheWayGivesWayAndIsNotFollowed() throws IOException {
    var elsewhere = Files.writeString(root.resolve("elsewhere"), "not ours");
    Files.createSymbolicLink(root.resolve("agent.yaml"), elsewhere);
    Retrieval.plan(machine("/agent.yaml", "kept"), root, Optional.empty()).perform();

    assertThat(elsewhere).hasContent("not ours");
    assertThat(root.resolve("agent.yaml")).isRegularFile().hasContent("kept");
    assertThat(root.resolve("agent.yaml.before-1")).isSymbolicLink();
  }

  @Test
  void sealedFilesAreLeftOutWithoutTheKey() throws IOException {
    var key = RecoveryKey.create();
    var secret =
        key.seal(
            new KeptFile(
                Path.of("/secret"), "rw-------", false, "s".getBytes(StandardCharsets.UTF_8)));
    var kept =
        new KeptMachine("control-point", MachineKind.CONTROL_POINT, Instant.EPOCH, List.of(secret));

    var without = Retrieval.plan(kept, root, Optional.empty());
    without.perform();
    assertThat(without.items()).extracting(Retrieval.Item::change).containsOnly(Change.SEALED);
    assertThat(root).isEmptyDirectory();

    Retrieval.plan(kept, root, Optional.of(key)).perform();
    assertThat(root.resolve("secret")).hasContent("s");
  }
}
