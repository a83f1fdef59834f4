package org.gemel.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.gemel.mirror.system.Folder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A person gets back what a pass took, and nothing that is there is lost by it. */
@Tag("B-13")
final class SalvageStoreTest {
  private final Trees trees;

  SalvageStoreTest(@TempDir Path folder) {
    this.trees = Trees.in(folder);
  }

  @BeforeEach
  void twoPassesTookSomething() {
    trees.inSource("mkdir -p d/e; printf one > d/f; printf e > d/e/g; printf s > $'odd\\n\\xff'");
    pass("2026-11-08T10:00:00Z");
    trees.inSource("printf two2 > d/f");
    pass("2026-11-08T11:00:00Z");
    trees.inSource("printf three > d/f; rm -r d/e $'odd\\n\\xff'");
    pass("2026-11-09T11:00:00Z");
  }

  @Test
  void thePassesAreListedWithTimeAndSize() throws Exception {
    try (SalvageStore store = open()) {
      List<SalvagedPass> passes = store.list();
      assertThat(passes).extracting(SalvagedPass::entries).containsExactly(2L, 5L);
      assertThat(passes.getFirst().begun()).isEqualTo(Instant.parse("2026-11-08T11:00:00Z"));
      assertThat(passes).allMatch(each -> each.bytes() > 0 && !each.partial());
    }
  }

  @Test
  void aThingComesBackFromTheLastPassThatHasItAndNeverOverAnother() throws Exception {
    try (SalvageStore store = open()) {
      store.restore("d/e/g", Optional.empty(), false);
      store.restore("odd\\n\\xff", Optional.empty(), false);
      assertThatThrownBy(() -> store.restore("d/f", Optional.empty(), false))
          .hasMessageContaining("already")
          .hasMessageContaining("--yes");
      assertThat(trees.target().resolve("d/f")).hasContent("three");
      String from = store.restore("d/f", Optional.of(store.list().getFirst().name()), true);
      assertThat(from).startsWith("20261108T110000Z-");
      assertThat(trees.target().resolve("d/f")).hasContent("one");
      store.restore("d/f", Optional.of(from), true);
      assertThat(trees.target().resolve("d/f"))
          .as("the exchange can be undone")
          .hasContent("three");
    }
    assertThat(trees.target().resolve("d/e/g")).hasContent("e");
    assertThat(Shell.run(trees.target(), "cat $'odd\\n\\xff'")).isEqualTo("s");
  }

  @Test
  void whatIsNotThereOrLeadsOutsideIsRefusedInWords() throws Exception {
    try (SalvageStore store = open()) {
      assertThatThrownBy(() -> store.restore("d/nothing", Optional.empty(), true))
          .hasMessageContaining("found no d/nothing");
      assertThatThrownBy(() -> store.restore("../out", Optional.empty(), true))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> store.restore("d", Optional.empty(), true))
          .hasMessageContaining("by its own path");
    }
    assertThat(trees.target().resolve("d/f")).hasContent("three");
  }

  @Test
  void aPurgeTakesWhatIsChosenAndNothingWhileAPassIsAtWork() throws Exception {
    try (Folder busy = Folder.openRoot(trees.target().toString());
        SalvageStore store = open()) {
      assertThat(busy.tryLock()).isTrue();
      assertThatThrownBy(() -> store.purge(each -> true)).hasMessageContaining("pass at work");
      assertThat(store.list()).hasSize(2);
    }
    try (SalvageStore store = open()) {
      Instant day = Instant.parse("2026-11-09T00:00:00Z");
      assertThat(store.purge(each -> each.begun().isBefore(day))).isEqualTo(1);
      assertThat(store.list()).hasSize(1);
      assertThat(store.purge(each -> true)).isEqualTo(1);
    }
    assertThat(trees.target().resolve(".gemel-salvage")).isEmptyDirectory();
    assertThat(trees.target().resolve("d/f")).hasContent("three");
  }

  @Test
  void linksPlantedInTheSalvageLeadNowhere(@TempDir Path outside) throws Exception {
    Files.writeString(outside.resolve("f"), "mine");
    Shell.run(
        trees.target(),
        "cd .gemel-salvage/20261108*; mv d d.real; ln -s \"$1\" d",
        outside.toString());
    try (SalvageStore store = open()) {
      String first = store.list().getFirst().name();
      assertThatThrownBy(() -> store.restore("d/f", Optional.of(first), true))
          .hasMessageContaining("found no d/f");
      store.purge(each -> true);
    }
    assertThat(outside.resolve("f")).hasContent("mine");
  }

  private SalvageStore open() throws Exception {
    return SalvageStore.open(TreeRoot.of(trees.target()));
  }

  private void pass(String now) {
    SalvageLimits roomy =
        new SalvageLimits(
            VolumeShare.percent(100), java.time.Duration.ofDays(30), VolumeShare.percent(0));
    MirrorRequest request =
        trees
            .request()
            .withDeletes(DeletePolicy.SALVAGE)
            .withSafety(PassSafety.DEFAULT.withSalvage(roomy));
    MirrorReport report =
        new Pass(request, Suspects.NONE, MirrorListener.NONE, () -> Instant.parse(now)).run();
    assertThat(report.outcome()).as(report.toString()).isEqualTo(MirrorReport.Outcome.COMPLETE);
  }
}
