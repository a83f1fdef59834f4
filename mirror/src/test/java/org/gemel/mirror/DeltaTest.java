package org.gemel.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.gemel.mirror.index.BlockSignature;
import org.gemel.mirror.index.SignatureStore;
import org.gemel.mirror.proof.InMemory;
import org.gemel.mirror.system.EntryName;
import org.gemel.mirror.system.FileStatus;
import org.gemel.mirror.system.Folder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of a large file only what differs is brought, and whatever is known of it may be wrong. */
@Tag("M-54")
final class DeltaTest extends LargeFileTrees {
  DeltaTest(@TempDir(factory = InMemory.class) Path folder) throws IOException {
    super(folder);
  }

  @Test
  void onlyChangedBlocksAreWritten() throws IOException {
    mirror();
    write("disk", 5 * BLOCK + 7, 100);
    write("disk", 20 * BLOCK - 50, 100);
    assertThat(mirror().bytesMoved()).isEqualTo(3 * BLOCK);
    trees.proveEqual();
  }

  @Test
  void aLastBlockThatIsShortIsABlock() throws IOException {
    mirror();
    write("disk", SIZE - 10, 10);
    assertThat(mirror().bytesMoved()).isEqualTo(SIZE % BLOCK);
    trees.proveEqual();
  }

  @Test
  void contentThatIsEqualIsNotWrittenAgain() throws IOException {
    mirror();
    trees.inSource("touch -d @1234567.5 disk; chmod 0640 disk");
    Object before = inode("disk");
    assertThat(mirror().bytesMoved()).isZero();
    assertThat(inode("disk")).isEqualTo(before);
    trees.proveEqual();
    write("disk", 0, 1);
    assertThat(mirror().bytesMoved()).as("and is still known").isEqualTo(BLOCK);
  }

  @Test
  void changesOfModeAndNameDoNotMakeAFileForgotten() throws IOException {
    mirror();
    trees.inSource("chmod 0600 disk");
    mirror();
    trees.inSource("mv disk renamed");
    assertThat(mirror().renamed()).isEqualTo(1);
    write("renamed", 0, 1);
    assertThat(mirror().bytesMoved()).isEqualTo(BLOCK);
    trees.proveEqual();
  }

  @Test
  void withoutAnIndexNothingIsKnown() throws IOException {
    indexed = false;
    mirror();
    write("disk", 0, 1);
    assertThat(mirror().bytesMoved()).isEqualTo(SIZE);
    trees.proveEqual();
  }

  @Test
  void aFileThatWasChangedAllOverIsCopied() throws IOException {
    write("disk", 0, 9 * LARGE);
    mirror();
    write("disk", 0, 9 * LARGE);
    assertThat(mirror().bytesMoved()).isEqualTo(9 * LARGE);
    trees.proveEqual();
  }

  @Test
  void aFileThatGrewIsAppendedTo() throws IOException {
    mirror();
    Object before = inode("disk");
    write("disk", SIZE, 200_000);
    assertThat(mirror().bytesMoved()).isEqualTo(200_000);
    assertThat(inode("disk")).isEqualTo(before);
    trees.proveEqual();
    write("disk", SIZE + 200_000, 5);
    assertThat(mirror().bytesMoved()).isEqualTo(5);
    trees.proveEqual();
  }

  @Test
  void aFileThatGrewAndChangedIsNotAppendedTo() throws IOException {
    mirror();
    Object before = inode("disk");
    write("disk", 100, 1);
    write("disk", SIZE, 10);
    assertThat(mirror().bytesMoved()).isEqualTo(BLOCK + SIZE % BLOCK + 10);
    assertThat(inode("disk")).isNotEqualTo(before);
    trees.proveEqual();
  }

  @Test
  void newContentForOtherEyesIsNotAppended() throws IOException {
    mirror();
    Object before = inode("disk");
    trees.inSource("chmod 0600 disk");
    write("disk", SIZE, 10);
    mirror();
    assertThat(inode("disk")).isNotEqualTo(before);
    trees.proveEqual();
  }

  @Test
  void aFileThatShrankIsCut() throws IOException {
    mirror();
    trees.inSource("truncate -s " + (2 * LARGE + 5) + " disk");
    assertThat(mirror().bytesMoved()).isEqualTo(5);
    trees.proveEqual();
    trees.inSource("truncate -s " + LARGE + " disk");
    assertThat(mirror().bytesMoved()).isZero();
    trees.proveEqual();
  }

  @Test
  void holesStayHoles() throws IOException {
    for (boolean patched : new boolean[] {false, true}) {
      inPlace = patched;
      trees.inSource("rm -f sparse; truncate -s 64M sparse");
      write("sparse", 20 * LARGE + 3, 10);
      mirror();
      trees.proveEqual();
      write("sparse", 40 * LARGE, 5000);
      trees.inSource("fallocate -p -o 20971520 -l 65536 sparse || true; truncate -s 80M sparse");
      assertThat(mirror().bytesMoved()).isBetween(5000L, 2L * BLOCK);
      trees.proveEqual();
      assertThat(allocated("sparse")).isLessThan(LARGE);
    }
  }

  @Test
  void aFileWithFurtherNamesIsNeverWrittenThrough() throws IOException {
    mirror();
    Path other = folder.resolve("other");
    for (boolean patched : new boolean[] {false, true}) {
      inPlace = patched;
      Files.createLink(other, trees.target().resolve("disk"));
      byte[] before = Files.readAllBytes(other);
      write("disk", 0, 10);
      write("disk", Files.size(trees.source().resolve("disk")), 10);
      mirror();
      trees.proveEqual();
      assertThat(Files.readAllBytes(other)).isEqualTo(before);
      Files.delete(other);
    }
  }

  @Test
  void linkedNamesOfTheSourceAreBroughtTogether() throws IOException {
    trees.inSource("ln disk second");
    mirror();
    write("second", 70_000, 10);
    mirror();
    trees.proveEqual();
  }

  @Test
  void whatSomebodyElseWroteToTheTargetIsFound() throws IOException {
    mirror();
    writeTo(trees.target().resolve("disk"), 9 * BLOCK, 10);
    write("disk", 0, 10);
    // Two writes within one step of the kernel's clock would give both files one time.
    trees.inSource("touch -d @1234567.5 disk");
    mirror();
    trees.proveEqual();
  }

  @Test
  void alsoIfHeGaveItItsOldTime() throws IOException {
    mirror();
    Path target = trees.target().resolve("disk");
    var time = Files.getLastModifiedTime(target);
    writeTo(target, 9 * BLOCK, 10);
    Files.setLastModifiedTime(target, time);
    write("disk", 0, 10);
    mirror();
    trees.proveEqual();
  }

  @Test
  void damagedSignaturesCostACopyAndNothingElse() throws IOException {
    long seed = Long.getLong("gemel.seed", System.nanoTime());
    System.out.println("DeltaTest: -Dgemel.seed=" + seed);
    Random damage = new Random(seed);
    mirror();
    for (int round = 0; round < 12; round++) {
      for (Path each : signatures()) {
        damage(each, damage);
      }
      write("disk", damage.nextInt(SIZE), 10);
      mirror();
      trees.proveEqual();
    }
  }

  private static void damage(Path signature, Random damage) throws IOException {
    byte[] bytes = Files.readAllBytes(signature);
    switch (damage.nextInt(3)) {
      case 0 -> bytes[damage.nextInt(bytes.length)] ^= (byte) (1 << damage.nextInt(8));
      case 1 -> bytes = java.util.Arrays.copyOf(bytes, damage.nextInt(bytes.length));
      default -> damage.nextBytes(bytes);
    }
    Files.write(signature, bytes);
  }

  @Test
  void anotherFilesSignatureIsNotUsed() throws IOException {
    write("second", 0, SIZE);
    mirror();
    List<Path> two = signatures();
    assertThat(two).hasSize(2);
    Files.copy(two.get(0), two.get(1), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    write("disk", 0, 10);
    write("second", 0, 10);
    mirror();
    trees.proveEqual();
  }

  @Test
  void signaturesGoWithTheirFiles() throws IOException {
    write("second", 0, SIZE);
    mirror();
    trees.inSource("rm second");
    write("disk", 0, 10);
    mirror();
    assertThat(signatures()).hasSize(1);
  }

  /** Storage that rots changes no time, so what is remembered seems to be of this very file. */
  @Test
  void whatIsFoundToBeRottenIsBroughtAnewWhateverIsRemembered() throws IOException {
    for (boolean patched : List.of(false, true)) {
      inPlace = patched;
      write("disk", 0, 10);
      mirror();
      SignatureStore store = SignatureStore.in(folder.resolve("index"));
      BlockSignature known = store.find(targetStatus()).orElseThrow();
      writeTo(trees.target().resolve("disk"), 7 * BLOCK, 1);
      Files.setLastModifiedTime(
          trees.target().resolve("disk"),
          Files.getLastModifiedTime(trees.source().resolve("disk")));
      store.put(BlockSignature.of(targetStatus(), known.path(), known.hashes()));
      store.commit();
      assertThat(mirror().bytesMoved()).as("seems equal").isZero();
      assertThat(run(request().withChecksum(true)).bytesMoved()).isEqualTo(SIZE);
      trees.proveEqual();
    }
  }

  private FileStatus targetStatus() throws IOException {
    try (Folder target = Folder.openRoot(trees.target().toString())) {
      return target.status(EntryName.of("disk"));
    }
  }

  @Test
  void largeFilesInNewFoldersAreKnownAfterwards() throws IOException {
    trees.inSource("mkdir -p new/deep; cp disk new/deep/disk");
    mirror();
    write("new/deep/disk", 0, 10);
    assertThat(mirror().bytesMoved()).isEqualTo(BLOCK);
    trees.proveEqual();
  }
}
