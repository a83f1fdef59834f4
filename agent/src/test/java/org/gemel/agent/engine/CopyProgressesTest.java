package org.gemel.agent.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.gemel.database.InitialSync;
import org.gemel.database.TableCopy;
import org.gemel.database.TableCopy.State;
import org.gemel.wire.protocol.CopyProgress;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("M-11")
final class CopyProgressesTest {
  @Test
  void ofTenThousandTablesOnlyThoseInWorkAreToldOneByOne() {
    List<TableCopy> tables = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      State state = i < 60 ? State.COPYING : i < 1_000 ? State.CATCHING_UP : State.WAITING;
      tables.add(
          new TableCopy(
              "public.\"a table of some length, number " + i + "\"",
              state,
              i,
              1_000,
              i,
              100_000,
              9));
    }
    CopyProgress copy =
        CopyProgresses.of(new InitialSync(tables, false, Duration.ofSeconds(10), 3, ""));
    assertThat(copy.getInWorkCount()).isEqualTo(50);
    assertThat(copy.getInWork(0).getTable()).as("most to come").contains("number 0");
    assertThat(copy.getInWork(0).getSecondsLeft()).isEqualTo(100_000 / 9);
    assertThat(List.of(copy.getTables(), copy.getCopying(), copy.getHere(), copy.getWaiting()))
        .containsExactly(10_000, 60, 940, 9_000);
    assertThat(copy.getRows()).isEqualTo(49_995_000);
    assertThat(copy.getEstimatedRows()).isEqualTo(10_000_000);
    assertThat(copy.getIndexesLeft()).isEqualTo(3);
    assertThat(copy.getSerializedSize()).isLessThan(5_000);
  }

  @Test
  void whatIsNotKnownIsToldAsThat() {
    CopyProgress copy =
        CopyProgresses.of(
            new InitialSync(List.of(new TableCopy("public.t", State.COPYING)), false));
    assertThat(copy.getEstimatedRows()).isEqualTo(-1);
    assertThat(copy.getEstimatedBytes()).isEqualTo(-1);
    assertThat(copy.getSecondsLeft()).isEqualTo(-1);
    assertThat(copy.getInWork(0).getEstimatedBytes()).isEqualTo(-1);
  }
}
