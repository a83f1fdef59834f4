package org.gemel.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.gemel.control.api.FolderHistory;
import org.gemel.control.fake.FakeNasHeads;
import org.gemel.control.fake.Scenes;
import org.gemel.core.Side;
import org.gemel.wire.protocol.Command;
import org.gemel.wire.protocol.FolderPass;
import org.gemel.wire.protocol.Outcome;
import org.gemel.wire.protocol.WireSide;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("M-57")
final class FolderHistoriesTest {
  private static final Instant NOW = Scenes.NOW;

  private final FakeNasHeads heads = new FakeNasHeads();
  private final FolderHistories histories = new FolderHistories(heads, heads);

  @BeforeEach
  void bothRemember() {
    heads.answers(
        (device, command) ->
            device.equals("nas-x")
                ? passes(pass(WireSide.SIDE_X, 10), pass(WireSide.SIDE_X, 40))
                : passes(pass(WireSide.SIDE_Y, 25)));
  }

  @Test
  void thePassesOfBothNasHeadsAreOneListNewestFirst() {
    FolderHistory history = histories.newest(null, 10);
    assertThat(history.silent()).isEmpty();
    assertThat(history.passes())
        .extracting(FolderHistory.Pass::from)
        .containsExactly(Side.X, Side.Y, Side.X);
    assertThat(history.passes().getFirst().ended()).isEqualTo(NOW.minusSeconds(10));
    assertThat(histories.newest("wip", 2).passes()).hasSize(2);
    assertThat(heads.given())
        .filteredOn(each -> each.getReadFolderHistory().getProfile().equals("wip"))
        .hasSize(2);
    assertThat(heads.seen())
        .as("the agents need not keep what was answered")
        .hasSameElementsAs(heads.given().stream().map(Command::getId).toList());
  }

  @Test
  void aNasHeadThatDoesNotAnswerIsNamed() {
    heads.fallsSilent("nas-y");
    FolderHistory history = histories.newest(null, 10);
    assertThat(history.silent()).containsExactly("nas-y");
    assertThat(history.passes()).hasSize(2);
    heads.answers(
        (device, command) ->
            Outcome.newBuilder().setDone(false).setWords("no part for it").build());
    assertThat(histories.newest(null, 10).silent()).containsExactly("nas-x", "nas-y");
  }

  @Test
  void noMoreThanTwoHundredAreAskedForWhateverIsWanted() {
    histories.newest(null, 100_000);
    histories.newest(null, -3);
    assertThat(heads.given().stream().map(each -> each.getReadFolderHistory().getLimit()))
        .containsExactlyInAnyOrderElementsOf(List.of(200, 200, 1, 1));
  }

  private static Outcome passes(FolderPass... passes) {
    return Outcome.newBuilder().setDone(true).addAllHistory(List.of(passes)).build();
  }

  private static FolderPass pass(WireSide from, int secondsAgo) {
    return FolderPass.newBuilder()
        .setProfile("wip")
        .setFrom(from)
        .setEndedMilliseconds(NOW.minusSeconds(secondsAgo).toEpochMilli())
        .build();
  }
}
