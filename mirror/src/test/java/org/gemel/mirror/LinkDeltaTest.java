package org.gemel.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.gemel.mirror.MirrorReport.Outcome;
import org.gemel.mirror.link.AgentPlace;
import org.gemel.mirror.link.LinkTimes;
import org.gemel.mirror.link.MirrorCaller;
import org.gemel.mirror.proof.InMemory;
import org.gemel.mirror.system.TreePath;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Of a large file only what differs goes over a link, and an interrupted one is gone on with. */
@Tag("B-40")
final class LinkDeltaTest {
  private static final int BLOCK = 64 * 1024;
  private static final int SIZE = 9 * 1024 * 1024 + 12_345;

  private final Path folder;
  private final Trees trees;
  private final LinkedTrees pushed;
  private final LinkedTrees pulled;
  private final CuttingRelay relay;
  private final Random random = new Random(40);
  private boolean indexed = true;
  private boolean inPlace;

  LinkDeltaTest(@TempDir(factory = InMemory.class) Path folder) throws IOException {
    this.folder = folder;
    this.trees = Trees.in(folder);
    this.pushed =
        LinkedTrees.serving(
            LinkedTrees.volume(trees.target()).remembered(folder.resolve("memory")),
            LinkedTrees.secret(),
            org.gemel.mirror.link.VolumeGuard.NONE);
    this.pulled = LinkedTrees.serving(trees.source(), LinkedTrees.secret());
    this.relay = new CuttingRelay(pushed.server().address().getPort());
    write("disk", 0, SIZE);
    Files.writeString(trees.source().resolve("small"), "small");
    Files.createDirectories(trees.source().resolve("new"));
    Files.writeString(trees.source().resolve("new/other"), "other");
  }

  @AfterEach
  void close() throws IOException {
    relay.close();
    pushed.close();
    pulled.close();
  }

  private void write(String name, long at, int length) throws IOException {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    try (RandomAccessFile file =
        new RandomAccessFile(trees.source().resolve(name).toFile(), "rw")) {
      file.seek(at);
      file.write(bytes);
    }
  }

  private MirrorReport run(boolean push) {
    return push ? push() : pull();
  }

  private MirrorReport push() {
    try {
      AgentPlace place =
          new AgentPlace("127.0.0.1", relay.port(), LinkedTrees.VOLUME, TreePath.ROOT);
      return new MirrorCaller(place, pushed.credentials(), pushed.options(), LinkTimes.USUAL)
          .push(trees.request(), MirrorListener.NONE);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private MirrorReport pull() {
    MirrorRequest request = trees.request().withInPlace(inPlace);
    if (indexed) {
      request = request.withIndex(new MirrorIndex(folder.resolve("index"), true));
    }
    try {
      return pulled.caller().pull(request, MirrorListener.NONE);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Counts mirror(boolean push) {
    MirrorReport report = run(push);
    assertThat(report.outcome()).as(report.toString()).isEqualTo(Outcome.COMPLETE);
    return report.counts();
  }

  private Object inode() throws IOException {
    return Files.getAttribute(trees.target().resolve("disk"), "unix:ino");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void onlyChangedBlocksGoOver(boolean push) throws IOException {
    assertThat(mirror(push).bytesMoved()).isGreaterThan(SIZE);
    trees.proveEqual();
    write("disk", 5 * BLOCK + 7, 100);
    write("disk", 20 * BLOCK - 50, 100);
    write("disk", SIZE - 10, 10);
    long before = relay.carried();
    assertThat(mirror(push).bytesMoved()).isEqualTo(3 * BLOCK + SIZE % BLOCK);
    assertThat(relay.carried() - before).isLessThan(4 * BLOCK + 20_000);
    trees.proveEqual();
    write("disk", 0, 1);
    assertThat(mirror(push).bytesMoved()).as("and is still known").isEqualTo(BLOCK);
    trees.proveEqual();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void ofAFileThatGrewOnlyTheEndGoesOver(boolean push) throws IOException {
    mirror(push);
    Object before = inode();
    long carried = relay.carried();
    write("disk", SIZE, 300_000);
    assertThat(mirror(push).bytesMoved()).isEqualTo(300_000);
    assertThat(relay.carried() - carried).isLessThan(300_000 + BLOCK + 20_000);
    assertThat(inode()).isEqualTo(before);
    trees.proveEqual();
    write("disk", SIZE + 300_000, 1);
    assertThat(mirror(push).bytesMoved()).isEqualTo(1);
    trees.proveEqual();
  }

  @Test
  void aFileThatWasCutOffOrOnlyTouchedCostsNothing() throws IOException {
    mirror(true);
    trees.inSource("truncate -s " + (8L * 1024 * 1024 + BLOCK) + " disk");
    assertThat(mirror(true).bytesMoved()).isZero();
    trees.proveEqual();
    trees.inSource("touch -d @1234567.5 disk; chmod 0640 disk");
    assertThat(mirror(true).bytesMoved()).isZero();
    trees.proveEqual();
    trees.inSource("truncate -s " + (8L * 1024 * 1024 + 77) + " disk");
    assertThat(mirror(true).bytesMoved()).isEqualTo(77);
    trees.proveEqual();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void holesStayHolesAndWhatBecameOneIsZero(boolean patched) throws IOException {
    inPlace = patched;
    trees.inSource("truncate -s 40M sparse; printf in >> sparse");
    write("sparse", 10_000_000, 5000);
    write("sparse", 30_000_000, 200_000);
    mirror(false);
    trees.proveEqual();
    assertThat(Shell.run(trees.target(), "stat -c %b sparse"))
        .isEqualTo(Shell.run(trees.source(), "stat -c %b sparse"));
    trees.inSource("fallocate -p -o 30000000 -l 150000 sparse; fallocate -p -o 4096 -l 90000 disk");
    write("sparse", 20_000_000, 10);
    assertThat(mirror(false).bytesMoved()).isLessThan(6 * BLOCK);
    trees.proveEqual();
  }

  @Test
  void patchedInPlaceOnlyWhatDiffersIsWritten() throws IOException {
    inPlace = true;
    indexed = false;
    mirror(false);
    Object before = inode();
    write("disk", 5 * BLOCK + 7, 100);
    assertThat(mirror(false).bytesMoved()).isEqualTo(BLOCK);
    assertThat(inode()).isEqualTo(before);
    trees.proveEqual();
  }

  @Test
  void withoutAMemoryTheWholeGoesOverAndWithOneThatIsMadeThen() throws IOException {
    indexed = false;
    mirror(false);
    write("disk", 0, 1);
    assertThat(mirror(false).bytesMoved()).isEqualTo(SIZE);
    indexed = true;
    write("disk", 0, 1);
    assertThat(mirror(false).bytesMoved()).isEqualTo(SIZE);
    write("disk", 0, 1);
    assertThat(mirror(false).bytesMoved()).isEqualTo(BLOCK);
    trees.proveEqual();
  }

  @Test
  void whatSomebodyDidToTheTargetIsNotTrusted() throws IOException {
    mirror(true);
    trees.inTarget("printf X | dd of=disk bs=1 seek=100000 conv=notrunc 2>&1; touch -d @5000 disk");
    write("disk", 5 * BLOCK + 7, 100);
    assertThat(mirror(true).bytesMoved()).isEqualTo(SIZE);
    trees.proveEqual();
  }

  @Test
  void aFileThatWasChangedAllOverComesWhole() throws IOException {
    mirror(true);
    write("disk", 0, SIZE);
    assertThat(mirror(true).bytesMoved()).isEqualTo(SIZE);
    trees.proveEqual();
  }

  @Test
  void aSourceThatIsWrittenToLeavesTheOldContent() throws Exception {
    mirror(true);
    trees.inSource("cp disk ../before");
    MirrorReport report = RestlessFile.during(trees.source().resolve("disk"), () -> push());
    assertThat(report.outcome()).isEqualTo(Outcome.INCOMPLETE);
    assertThat(report.failures().getFirst().reason()).contains("changed while it was read");
    trees.inTarget("cmp disk ../before");
    mirror(true);
    trees.proveEqual();
  }

  @Test
  void aCopyThatWasCutOffIsGoneOnWith() throws Exception {
    relay.cutAfter(6_000_000);
    assertThat(push().outcome()).isEqualTo(Outcome.INCOMPLETE);
    assertThat(trees.target().resolve("disk")).doesNotExist();
    assertThat(Shell.run(trees.target(), "find . -name '*-part-*'")).isNotEmpty();
    assertThat(mirror(true).bytesMoved()).isBetween(1L, SIZE - 1_000_000L);
    trees.proveEqual();
    assertThat(Shell.run(trees.target(), "find . -name '.gemel-*'")).isEmpty();
  }

  @Test
  void anAppendThatWasCutOffIsAppendedByTheNextPass() throws Exception {
    mirror(true);
    trees.inSource("cp disk ../before");
    write("disk", SIZE, 3_000_000);
    relay.cutAfter(1_500_000);
    assertThat(push().outcome()).isEqualTo(Outcome.INCOMPLETE);
    trees.inTarget("cmp disk ../before");
    assertThat(mirror(true).bytesMoved()).isEqualTo(3_000_000);
    trees.proveEqual();
  }
}
