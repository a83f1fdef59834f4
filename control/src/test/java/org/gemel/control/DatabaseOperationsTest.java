package org.gemel.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.gemel.control.api.ComparisonOrder;
import org.gemel.control.api.Operation;
import org.gemel.control.api.Refusal;
import org.gemel.control.fake.FakeDatabases;
import org.gemel.control.steps.Specs;
import org.gemel.core.Side;
import org.gemel.wire.protocol.DatabaseComparison;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("M-21")
final class DatabaseOperationsTest {
  private final FakeDatabases databases = new FakeDatabases();

  private Operations.Planned plan(String name, Side side) {
    return Operations.plan(new Operation(name, side, List.of(), null), databases);
  }

  @Test
  void whatRunsIsStoppedInOrderAndAllElseIsTakenDown() {
    assertThat(plan("database-stop", Side.X).spec())
        .isEqualTo(Specs.of("stop-replication", "from", "X"));
    assertThatThrownBy(() -> plan("database-stop", Side.Y))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("gemel database stop X");
    databases.says(Side.X, state -> state.setReplication("FAILED"));
    assertThat(plan("database-stop", Side.X).spec())
        .isEqualTo(Specs.of("end-replication", "sides", "X,Y"));
  }

  @Test
  void aDeadSideDoesNotStandInTheWayOfStopping() {
    databases.fallsSilent(Side.X);
    var planned = plan("database-stop", Side.Y);
    assertThat(planned.spec()).isEqualTo(Specs.of("end-replication", "sides", "Y"));
    assertThat(planned.explanation())
        .anySatisfy(line -> assertThat(line).contains("Note", "no answer from the database of X"));
    databases.fallsSilent(Side.Y);
    assertThatThrownBy(() -> plan("database-stop", Side.Y))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("no answer from either database");
  }

  @Test
  @Tag("B-22")
  void theCopyAfterASwitchThatProvedADifferenceQuotesIt() {
    databases.replicates(Side.Y);
    databases.says(Side.Y, state -> state.setTurned("row 7 of public.assets differs"));
    assertThat(plan("database-start", Side.Y).explanation())
        .anySatisfy(line -> assertThat(line).contains("row 7 of public.assets differs"));
  }

  @Test
  @Tag("B-22")
  void whereOnlySomeTablesDifferTheStartNamesThem() {
    databases.replicates(Side.Y);
    databases.says(
        Side.Y, state -> state.setTurned("row 7 differs").addTurnedTables("public.assets"));
    assertThat(plan("database-start", Side.Y).explanation())
        .anySatisfy(line -> assertThat(line).contains("copies only public.assets to X"));
  }

  @Test
  @Tag("M-40")
  void aCopyOfTheWholeServerIsConfirmedAndOverwritesOnlyWhatWasListed() {
    databases.replicates(Side.Y);
    var unseen = plan("database-copy-server", Side.Y);
    assertThat(unseen.overwrites()).isEqualTo(Side.X);
    assertThat(unseen.spec())
        .isEqualTo(Specs.of("copy-database-server", "from", "Y", "preview", "none"));
    var seen = Operations.plan(Operation.copyingServer(Side.Y, "X", "", "0123456789ab"), databases);
    assertThat(seen.spec().arguments()).containsEntry("server", "0123456789ab");
    assertThat(seen.explanation()).anySatisfy(line -> assertThat(line).contains("whole"));
  }

  @Test
  @Tag("B-24")
  void aRepairSaysWhatItWouldOverwriteAndNeverOverwritesMain() {
    assertThatThrownBy(() -> plan("database-repair", Side.X))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("gemel database repair Y");
    var nothing = plan("database-repair", Side.Y);
    assertThat(nothing.overwrites()).isEqualTo(Side.Y);
    assertThat(nothing.explanation())
        .anySatisfy(line -> assertThat(line).contains("gemel database compare"));
    databases.says(
        Side.Y,
        state ->
            state.setComparison(
                DatabaseComparison.newBuilder()
                    .setBegunMilliseconds(0)
                    .setEndedMilliseconds(1)
                    .setDiffering(12)
                    .addRanges("public.assets above (500) up to (600) (12 rows)")
                    .setAllRanges(3)));
    var planned = plan("database-repair", Side.Y);
    assertThat(planned.spec()).isEqualTo(Specs.of("repair-database", "from", "X"));
    assertThat(planned.explanation())
        .anySatisfy(
            line ->
                assertThat(line)
                    .contains(
                        "12 rows of Y",
                        "1970-01-01",
                        "public.assets above (500) up to (600) (12 rows) and 2 more ranges"));
  }

  @Test
  @Tag("B-24")
  void aComparisonTakesItsPaceAlong() {
    var order = new ComparisonOrder(5000, 10, true);
    assertThat(Operations.plan(Operation.comparing(order), databases).spec())
        .isEqualTo(
            Specs.of(
                "compare-databases",
                "from",
                "X",
                "rows-per-second",
                "5000",
                "percent-of-time",
                "10",
                "anew",
                "true"));
    assertThat(Operations.plan(Operation.comparing(ComparisonOrder.STANDARD), databases).spec())
        .isEqualTo(Specs.of("compare-databases", "from", "X"));
  }
}
