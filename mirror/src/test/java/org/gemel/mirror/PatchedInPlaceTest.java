package org.gemel.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.gemel.mirror.proof.InMemory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With --in-place what differs is written to the target's own file. */
@Tag("M-54")
final class PatchedInPlaceTest extends LargeFileTrees {
  PatchedInPlaceTest(@TempDir(factory = InMemory.class) Path folder) throws IOException {
    super(folder);
    inPlace = true;
  }

  @Test
  void aFileIsPatchedInPlace() throws IOException {
    mirror();
    Object before = inode("disk");
    write("disk", 5 * BLOCK, 100);
    trees.inSource("chmod 0755 disk");
    assertThat(mirror().bytesMoved()).isEqualTo(BLOCK);
    assertThat(inode("disk")).isEqualTo(before);
    trees.proveEqual();
    trees.inSource("truncate -s 2M disk");
    write("disk", 0, 1);
    assertThat(mirror().bytesMoved()).isEqualTo(BLOCK);
    assertThat(inode("disk")).isEqualTo(before);
    trees.proveEqual();
  }

  @Test
  void whatFewerMayReadIsNotPatchedForThoseWhoHaveItOpen() throws IOException {
    mirror();
    Object before = inode("disk");
    write("disk", 5 * BLOCK, 100);
    trees.inSource("chmod 0600 disk");
    mirror();
    assertThat(inode("disk")).isNotEqualTo(before);
    trees.proveEqual();
  }

  @Test
  void inPlaceAlsoWithoutAnIndexAsBothAreRead() throws IOException {
    indexed = false;
    mirror();
    Object before = inode("disk");
    write("disk", 5 * BLOCK, 100);
    assertThat(mirror().bytesMoved()).isEqualTo(BLOCK);
    assertThat(inode("disk")).isEqualTo(before);
    trees.proveEqual();
  }

  @Test
  void whatIsToBeSalvagedIsNotPatched() throws IOException {
    mirror();
    Object before = inode("disk");
    write("disk", 5 * BLOCK, 100);
    run(request().withDeletes(DeletePolicy.SALVAGE));
    assertThat(inode("disk")).isNotEqualTo(before);
    trees.proveEqual();
  }

  @Test
  void aNameTooLongToBePutAsideIsRebuilt() throws IOException {
    String name = "n".repeat(250);
    write(name, 0, SIZE);
    mirror();
    write(name, 0, 10);
    assertThat(mirror().bytesMoved()).isEqualTo(BLOCK);
    trees.proveEqual();
  }
}
