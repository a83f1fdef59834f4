package org.gemel.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.gemel.control.api.PairView;
import org.gemel.control.api.Refusal;
import org.gemel.ledger.MemoryLedger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("M-01")
final class PairsTest {
  private static final Instant NOW = Instant.parse("2026-11-21T03:00:00Z");

  private final Pairs pairs = new Pairs(new MemoryLedger());

  @Test
  void aPairIsMadeOfMainFirstThenBackupAndListedUntilItIsRemoved() {
    pairs.create("newsroom", "storage-x", "storage-y", NOW);
    pairs.create("sport", "storage-p", "storage-q", NOW);
    assertThat(pairs.all())
        .containsExactly(
            new PairView("newsroom", "storage-x", "storage-y", NOW),
            new PairView("sport", "storage-p", "storage-q", NOW));
    pairs.remove("newsroom");
    assertThat(pairs.all()).extracting(PairView::name).containsExactly("sport");
  }

  @Test
  void aStorageSystemBelongsToOnePairAtMost() {
    pairs.create("newsroom", "storage-x", "storage-y", NOW);
    assertThatThrownBy(() -> pairs.create("other", "storage-z", "storage-x", NOW))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("storage-x")
        .hasMessageContaining("newsroom");
    assertThatThrownBy(() -> pairs.create("self", "storage-z", "storage-z", NOW))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("twice");
  }

  @Test
  void aNameThatIsTakenOrUnknownIsRefusedInWords() {
    pairs.create("newsroom", "storage-x", "storage-y", NOW);
    assertThatThrownBy(() -> pairs.create("newsroom", "a", "b", NOW))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("already");
    assertThatThrownBy(() -> pairs.remove("nothing"))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("nothing");
    assertThatThrownBy(() -> pairs.create("../up", "a", "b", NOW)).isInstanceOf(Refusal.class);
  }
}
