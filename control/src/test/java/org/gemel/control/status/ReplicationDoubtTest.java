package org.gemel.control.status;

import static org.assertj.core.api.Assertions.assertThat;

import org.gemel.control.fake.FakeDatabases;
import org.gemel.control.site.Reality;
import org.gemel.core.Side;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("M-13")
final class ReplicationDoubtTest {
  private final FakeDatabases databases = new FakeDatabases();
  private final ReplicationDoubt doubt = new ReplicationDoubt();
  private long second;

  @BeforeEach
  void replicationRuns() {
    databases.replicates(Side.X);
  }

  /** A second later both databases say this. */
  private boolean look(long mainRows, long backupRows, long backupBeat) {
    second++;
    databases.later(1);
    databases.says(Side.X, state -> state.setAssets(mainRows).setCanaryMilliseconds(second * 1000));
    databases.says(Side.Y, state -> state.setAssets(backupRows).setCanaryMilliseconds(backupBeat));
    return doubt.look(new Reality(databases, 0));
  }

  @Test
  void whatFollowsIsNotDoubtedHoweverBusyItIs() {
    for (int i = 0; i < 300; i++) {
      assertThat(look(1000 + i, 995 + i, second * 1000)).isFalse();
    }
    assertThat(doubt.words()).isEmpty();
  }

  @Test
  void whatStandsStillThoughMainWritesIsDoubtedAfterAMinuteAndNoLongerWhenItMoves() {
    for (int i = 0; i < 60; i++) {
      assertThat(look(1000, 1000, 500)).isFalse();
    }
    assertThat(look(1000, 1000, 500)).as("told once").isTrue();
    assertThat(doubt.words()).get().asString().contains("Y has shown nothing new for 60 s");
    assertThat(look(1000, 1000, second * 1000)).as("it moves").isTrue();
    assertThat(doubt.words()).isEmpty();
  }

  @Test
  void aBackupCountThatStandsStillWhileMainsMovesIsDoubted() {
    for (int i = 0; i < 61; i++) {
      look(1000 + i, 1000, second * 1000);
    }
    assertThat(doubt.words()).isEmpty();
    look(1061, 1000, second * 1000);
    assertThat(doubt.words()).get().asString().contains("stood at 1000", "moved from 1001 to 1061");
  }

  @Test
  void countsFarApartForLongAreDoubtedAndLateOnesAreNot() {
    for (int i = 0; i < 59; i++) {
      look(1000, 900 + i % 2, second * 1000);
    }
    assertThat(doubt.words()).isEmpty();
    look(1000, 995, second * 1000); // has caught up once
    for (int i = 0; i < 60; i++) {
      look(1000, 900 + i % 2, second * 1000);
    }
    assertThat(doubt.words()).isEmpty();
    look(1000, 900, second * 1000);
    assertThat(doubt.words()).contains("X counts 1000 and Y 900, for 60 s now");
  }

  @Test
  void oldCountsOfALargeTableAreNotDoubted() {
    for (int i = 0; i < 200; i++) {
      databases.says(Side.Y, state -> state.setAssetsAgeMilliseconds(40_000));
      assertThat(look(1000 + i, 900, second * 1000 + 1000)).isFalse();
    }
    assertThat(doubt.words()).isEmpty();
  }

  @Test
  void nothingIsDoubtedInAFirstCopyOrFromTheTimeBeforeAChangeOfDirection() {
    for (int i = 0; i < 100; i++) {
      databases.says(Side.Y, state -> state.setReplication("BACKUP_COPYING"));
      assertThat(look(1000, i, 500)).isFalse();
    }
    databases.replicates(Side.Y);
    assertThat(look(1000, 10, 500)).isFalse();
    assertThat(doubt.words()).isEmpty();
  }
}
