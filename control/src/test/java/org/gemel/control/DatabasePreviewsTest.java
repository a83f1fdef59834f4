package org.gemel.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.gemel.control.api.DatabasePreview;
import org.gemel.control.api.Operation;
import org.gemel.control.api.Refusal;
import org.gemel.control.fake.FakeFacts;
import org.gemel.core.Side;
import org.gemel.database.preview.ChangeLogState;
import org.gemel.database.preview.PreviewedRow;
import org.gemel.database.preview.PreviewedTable;
import org.gemel.database.preview.SplitPreview;
import org.gemel.wire.protocol.Outcome;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Nothing of a side of its own is overwritten unseen. */
@Tag("B-10")
final class DatabasePreviewsTest {
  private static final Instant AT = Instant.parse("2026-05-04T03:02:01.123456Z");
  private static final Optional<ChangeLogState> LOG =
      Optional.of(new ChangeLogState("g1", AT, Optional.of(AT), 2, 0, 100, ""));
  private static final List<PreviewedTable> LOSES =
      List.of(
          new PreviewedTable(
              "public.assets",
              1,
              0,
              0,
              4,
              "",
              Optional.of(AT),
              Optional.empty(),
              List.of(new PreviewedRow("LOST", "{\"7\"}", AT, Optional.empty()))));

  private static DatabasePreviews told(SplitPreview preview) {
    TwoDatabases databases =
        new TwoDatabases(
            side ->
                side == Side.Y
                    ? Outcome.newBuilder()
                        .setDone(true)
                        .setSplitPreview(FakeFacts.packed(preview))
                        .build()
                    : Outcome.newBuilder().setWords("asked the wrong side").build());
    return new DatabasePreviews(databases, databases);
  }

  private static Operation operation(String name, String hash) {
    return new Operation(name, Side.X, List.of(), "Y", hash);
  }

  @Test
  void theSideThatWouldBeOverwrittenTellsWhatItWouldLose() {
    DatabasePreview preview =
        told(new SplitPreview("h1", "", LOG, Optional.empty(), LOSES)).preview(Side.X, "");
    assertThat(preview.tables())
        .containsExactly(
            new DatabasePreview.Table(
                "public.assets",
                1,
                0,
                0,
                4,
                "",
                AT,
                null,
                List.of(new DatabasePreview.Row("LOST", "{\"7\"}", AT, null))));
    assertThat(preview.here())
        .isEqualTo(new DatabasePreview.Log("g1", AT, AT, 2, 0, 100, "", LOG.orElseThrow().words()));
    assertThat(preview.onMain()).isNull();
    assertThat(preview.overwritten()).isEqualTo(Side.Y);
    assertThat(preview.words()).isEqualTo("Database Y would lose 1 row of its own in 1 table");
  }

  @Test
  void whatWouldLoseRowsIsDoneOnlyWithTheHashOfWhatWasSeen() {
    DatabasePreviews previews = told(new SplitPreview("h1", "", LOG, LOG, LOSES));
    for (String name : List.of("database-start", "database-rejoin")) {
      for (String hash : List.of("", "h0")) {
        assertThatThrownBy(() -> previews.refuseUnlessApproved(operation(name, hash), Side.X))
            .isInstanceOf(Refusal.class)
            .hasMessageContaining("--preview HASH")
            .hasMessageContaining("1 row")
            .matches(e -> ((Refusal) e).reason() == Refusal.Reason.UNSAFE);
      }
      assertThatCode(() -> previews.refuseUnlessApproved(operation(name, "h1"), Side.X))
          .doesNotThrowAnyException();
    }
  }

  @Test
  void aStartThatLosesNothingNeedsNoHashAndOneThatMayDoes() {
    Operation start = operation("database-start", "");
    told(new SplitPreview("h1", "", LOG, LOG, List.of())).refuseUnlessApproved(start, Side.X);
    told(new SplitPreview("h1", "none kept", Optional.empty(), LOG, List.of()))
        .refuseUnlessApproved(start, Side.X); // never parted
    DatabasePreviews unknown =
        told(new SplitPreview("h1", "unknown since noon", LOG, LOG, List.of()));
    assertThatThrownBy(() -> unknown.refuseUnlessApproved(start, Side.X))
        .hasMessageContaining("this is not all: unknown since noon");
  }

  @Test
  void aSideThatDoesNotAnswerHoldsUpARejoinAndLeavesAStartToItsDatabase() {
    TwoDatabases silent = new TwoDatabases(_ -> Outcome.getDefaultInstance());
    silent.silent.add("db-y");
    DatabasePreviews previews = new DatabasePreviews(silent, silent);
    previews.refuseUnlessApproved(operation("database-start", ""), Side.X);
    assertThatThrownBy(
            () -> previews.refuseUnlessApproved(operation("database-rejoin", "h1"), Side.X))
        .hasMessageContaining("start its agent");
  }
}
