package org.gemel.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.gemel.control.api.Operation;
import org.gemel.control.api.Refusal;
import org.gemel.control.fake.FakeDatabases;
import org.gemel.control.steps.Specs;
import org.gemel.core.Side;
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
}
