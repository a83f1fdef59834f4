package org.gemel.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Where the line is between a day's work and an accident. */
@Tag("B-12")
final class ChangeGuardTest {
  private static final long GIB = 1L << 30;

  @Test
  void aThousandDeletesOrATenthOfTheEntriesAreADaysWork() {
    // A person who is asked about small things each day answers without reading.
    assertThat(deletes(1000, 0, 1000, 0)).isEmpty();
    assertThat(deletes(1001, 0, 10_010, 0)).isEmpty();
    assertThat(deletes(1001, 0, 10_009, 0)).isPresent();
    assertThat(deletes(1001, 0, 10_009, 0).orElseThrow().flag()).contains("--allow-delete 1001");
  }

  @Test
  void aTenthOfTheBytesCountsToo() {
    // Three clips of a hundred can be most of a volume.
    assertThat(deletes(3, 11 * GIB, 1000, 100 * GIB)).isPresent();
    assertThat(deletes(3, 10 * GIB, 1000, 100 * GIB)).isEmpty();
    // In a small tree one file is soon a tenth, and soon copied again.
    assertThat(deletes(1, 9 * GIB, 2, 10 * GIB)).isEmpty();
  }

  @Test
  void anAllowanceIsTheNumberItNames() {
    ChangeSignals one = signals(1, 0, 0, 1000, 0);
    assertThat(ChangeGuard.judge(one, OptionalLong.of(0), OptionalLong.empty())).isPresent();
    assertThat(ChangeGuard.judge(one, OptionalLong.of(1), OptionalLong.empty())).isEmpty();
    ChangeSignals all = signals(0, 0, 5000, 5000, 0);
    assertThat(ChangeGuard.judge(all, OptionalLong.empty(), OptionalLong.of(5000))).isEmpty();
    Refusal refusal =
        ChangeGuard.judge(all, OptionalLong.empty(), OptionalLong.of(4999)).orElseThrow();
    assertThat(refusal.flag()).contains("--allow-overwrite 5000");
    assertThat(refusal.reason()).contains("4999 allowed");
  }

  @Test
  void mostOfTheFilesChangingAtOnceIsNoDaysWork() {
    assertThat(overwrites(1000, 1000)).isEmpty();
    assertThat(overwrites(3000, 10_000)).isEmpty();
    assertThat(overwrites(3001, 10_000)).isPresent();
    assertThat(overwrites(3001, 10_000).orElseThrow().reason()).contains("encrypted");
  }

  @Test
  void bothHarmsAreNamedAtOnce() {
    Refusal refusal =
        ChangeGuard.judge(
                signals(2000, 0, 3000, 9000, 0), OptionalLong.empty(), OptionalLong.empty())
            .orElseThrow();
    assertThat(refusal.flag()).contains("--allow-delete 2000 --allow-overwrite 3000");
  }

  @Test
  void aFolderThatLostMostOfItIsSeenTwiceAMinuteApart() {
    Instant now = Instant.parse("2026-11-08T10:00:00Z");
    ShrunkFolders first = ShrunkFolders.NONE.after(List.of("Edit"), now);
    assertThat(ShrunkFolders.NONE.isConfirmed("Edit", now)).isFalse();
    assertThat(first.isConfirmed("Edit", now.plusSeconds(59))).isFalse();
    assertThat(
            first
                .after(List.of("Edit"), now.plusSeconds(30))
                .isConfirmed("Edit", now.plusSeconds(60)))
        .isTrue();
    ShrunkFolders filled = first.after(List.of(), now.plusSeconds(10));
    assertThat(filled.isConfirmed("Edit", now.plusSeconds(100))).as("it had come back").isFalse();
    assertThat(ShrunkFolders.isShrunk(50, 100)).isFalse();
    assertThat(ShrunkFolders.isShrunk(51, 100)).isTrue();
    assertThat(ShrunkFolders.isShrunk(99, 99)).isFalse();
  }

  private static Optional<Refusal> deletes(long entries, long bytes, long held, long heldBytes) {
    return ChangeGuard.judge(
        signals(entries, bytes, 0, held, heldBytes), OptionalLong.empty(), OptionalLong.empty());
  }

  private static Optional<Refusal> overwrites(long files, long held) {
    return ChangeGuard.judge(
        signals(0, 0, files, held, 0), OptionalLong.empty(), OptionalLong.empty());
  }

  private static ChangeSignals signals(
      long deletes, long bytes, long overwrites, long held, long heldBytes) {
    return new ChangeSignals(
        new Extent(deletes, deletes, bytes),
        overwrites,
        new Extent(held, held, heldBytes),
        List.of());
  }
}
