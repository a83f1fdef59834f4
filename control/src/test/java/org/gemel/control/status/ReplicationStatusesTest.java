package org.gemel.control.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.gemel.control.api.CopyStatus;
import org.gemel.control.api.Lamp;
import org.gemel.control.api.ReplicationStatus;
import org.gemel.control.fake.FakeDatabases;
import org.gemel.control.site.Reality;
import org.gemel.core.Side;
import org.gemel.wire.protocol.CopyProgress;
import org.gemel.wire.protocol.DatabaseComparison;
import org.gemel.wire.protocol.KeptLog;
import org.gemel.wire.protocol.TableProgress;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class ReplicationStatusesTest {
  private static final long GIB = 1L << 30;

  private final FakeDatabases databases = new FakeDatabases();
  private final Reality reality = new Reality(databases, 0);

  private ReplicationStatus shown() {
    return ReplicationStatuses.replication(reality, Optional.empty());
  }

  private List<String> notices() {
    return ReplicationStatuses.notices(reality, shown());
  }

  private void keeps(KeptLog.Builder log) {
    databases.says(Side.X, state -> state.setKeptLog(log));
  }

  @Test
  @Tag("M-11")
  @Tag("B-24")
  void theDelayIsThatOfTheRowThatCameOver() {
    assertThat(shown().lagSeconds()).as("nobody knows").isNull();
    databases.says(Side.X, state -> state.setCanaryMilliseconds(50_000).setLagBytes(2048));
    databases.says(Side.Y, state -> state.setCanaryMilliseconds(49_400));
    assertThat(shown().lagSeconds()).isEqualTo(0.6);
    assertThat(shown().words())
        .isEqualTo("running from X to Y, 2.0 KiB of log outstanding, rows seen there within 2 s");
    databases.says(Side.Y, state -> state.setCanaryMilliseconds(8_000));
    assertThat(shown().words()).endsWith("rows seen there 42 s late");
    databases.says(Side.Y, state -> state.setCanaryMilliseconds(51_000)); // told later than main
    assertThat(shown().lagSeconds()).isZero();
  }

  @Test
  @Tag("M-13")
  void whatIsDoubtedIsSaidAndIsNotGreen() {
    var doubted = ReplicationStatuses.replication(reality, Optional.of("Y stands still"));
    assertThat(doubted.lamp()).isEqualTo(Lamp.YELLOW);
    assertThat(doubted.state()).isEqualTo("running");
    assertThat(doubted.suspect()).isEqualTo("Y stands still");
    assertThat(doubted.words()).contains("suspect: Y stands still");
    assertThat(ReplicationStatuses.notices(reality, doubted))
        .singleElement()
        .asString()
        .contains("suspect", "Y stands still", "gemel database compare");
  }

  @Test
  void logThatNobodyReadsIsToldWithWhatEndsIt() {
    keeps(KeptLog.newBuilder().setBytes(2 * GIB).setRoom(3 * GIB).setRead(true));
    assertThat(notices()).as("it is read, and there is room").isEmpty();
    keeps(KeptLog.newBuilder().setBytes(2 * GIB).setRoom(GIB).setRead(true));
    assertThat(notices()).singleElement().asString().contains("2.0 GiB", "behind", "After 1.0 GiB");
    keeps(KeptLog.newBuilder().setBytes(2 * GIB).setRoom(3 * GIB));
    assertThat(notices())
        .singleElement()
        .asString()
        .contains("does not read it", "Y must be started");
    keeps(KeptLog.newBuilder().setBytes(2 * GIB));
    assertThat(notices()).singleElement().asString().contains("max_slot_wal_keep_size");
    keeps(KeptLog.newBuilder().setBytes(1000));
    assertThat(notices()).as("a reader changes").isEmpty();
    keeps(KeptLog.newBuilder().setBytes(2 * GIB));
    databases.says(Side.Y, state -> state.setReplication("BACKUP_COPYING"));
    assertThat(notices()).as("it is kept for the copy under way").isEmpty();
  }

  @Test
  @Tag("M-11")
  void aRunningCopyIsToldInNumbers() {
    assertThat(DatabaseStatuses.side(reality, Side.Y).database().copy()).isNull();
    databases.says(
        Side.Y,
        state ->
            state
                .setReplication("BACKUP_COPYING")
                .setCopy(
                    CopyProgress.newBuilder()
                        .setTables(9)
                        .setWaiting(8)
                        .setCopying(1)
                        .setEstimatedRows(-1)
                        .setSecondsLeft(77)
                        .addInWork(TableProgress.newBuilder().setTable("public.t").setRows(5))));
    CopyStatus copy = DatabaseStatuses.side(reality, Side.Y).database().copy();
    assertThat(copy).isNotNull();
    assertThat(copy.tables()).isEqualTo(9);
    assertThat(copy.estimatedRows()).isEqualTo(-1);
    assertThat(copy.secondsLeft()).isEqualTo(77);
    assertThat(copy.inWork()).extracting(CopyStatus.Table::table).containsExactly("public.t");
    assertThat(copy.inWork()).extracting(CopyStatus.Table::rows).containsExactly(5L);
  }

  @Test
  @Tag("M-40")
  void tablesThatDifferAreToldAtOnceWithWhatHealsThem() {
    databases.says(Side.X, state -> state.setDefinitions("a"));
    databases.says(Side.Y, state -> state.setDefinitions("a"));
    assertThat(notices()).isEmpty();
    databases.says(Side.X, state -> state.setDefinitions("b"));
    assertThat(notices()).singleElement().asString().contains("gemel database heal --confirm Y");
    databases.says(Side.Y, state -> state.setDefinitions(""));
    assertThat(notices()).as("nobody knows").isEmpty();
  }

  @Test
  @Tag("B-22")
  void aSwitchThatProvedADifferenceIsNotForgotten() {
    databases.says(Side.Y, state -> state.setTurned("row 7 of public.assets differs"));
    assertThat(notices())
        .singleElement()
        .asString()
        .contains("switch to Y", "row 7 of public.assets differs", "what only X has");
    assertThat(ReplicationStatuses.unproven(reality, Side.X)).isEmpty();
  }

  @Test
  @Tag("B-24")
  void rowsThatAComparisonFoundOtherwiseAreToldUntilTheyAreRepaired() {
    databases.says(
        Side.Y,
        state ->
            state.setComparison(
                DatabaseComparison.newBuilder().setDiffering(1).addRanges("public.t (1 row)")));
    assertThat(notices())
        .singleElement()
        .asString()
        .contains("1 rows of database Y", "public.t (1 row)", "repair Y --confirm Y");
    databases.says(
        Side.Y, state -> state.setComparison(DatabaseComparison.newBuilder().setRows(5)));
    assertThat(notices()).isEmpty();
  }
}
