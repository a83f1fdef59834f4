package org.gemel.agent.engine;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.gemel.database.ComparisonState;
import org.gemel.database.DatabaseStatus;
import org.gemel.database.DifferingRange;
import org.gemel.database.Mark;
import org.gemel.database.Replication;
import org.gemel.wire.WireSides;
import org.gemel.wire.protocol.DatabaseComparison;
import org.gemel.wire.protocol.DatabaseState;
import org.gemel.wire.protocol.KeptLog;

/** A database's state on the wire. */
final class DatabaseStates {
  private DatabaseStates() {}

  /** The count and the definitions were seen at an earlier time, if ever. */
  static DatabaseState of(
      DatabaseStatus status,
      Optional<Paced.Seen<OptionalLong>> counted,
      Optional<Paced.Seen<String>> definitions) {
    return switch (status) {
      case DatabaseStatus.Unreachable(var words) -> unreachable(words);
      case DatabaseStatus.Online online -> of(online, counted, definitions);
    };
  }

  static DatabaseState unreachable(String words) {
    return DatabaseState.newBuilder()
        .setReachable(false)
        .setWords(words)
        .setLagBytes(-1)
        .setAssets(-1)
        .build();
  }

  private static DatabaseState of(
      DatabaseStatus.Online online,
      Optional<Paced.Seen<OptionalLong>> counted,
      Optional<Paced.Seen<String>> definitions) {
    var state =
        DatabaseState.newBuilder()
            .setReachable(true)
            .setWords(online.disagreement())
            .setRole(WireSides.toWire(online.role()))
            .setRoleSinceMilliseconds(online.mark().map(m -> m.since().toEpochMilli()).orElse(0L))
            .setRoleEpoch(online.mark().map(Mark::epoch).orElse(0L))
            .setOnlineSinceMilliseconds(online.onlineSince().toEpochMilli())
            .setReplicationWords(online.replication().words())
            .setLagBytes(-1)
            .setAssets(counted.map(seen -> seen.value().orElse(-1)).orElse(-1L))
            .setAssetsAgeMilliseconds(counted.map(seen -> seen.age().toMillis()).orElse(0L))
            .setHeld(online.held())
            .setCanaryMilliseconds(online.canary().map(Instant::toEpochMilli).orElse(0L))
            .setDefinitions(definitions.map(Paced.Seen::value).orElse(""))
            .setDefinitionsAgeMilliseconds(
                definitions.map(seen -> seen.age().toMillis()).orElse(0L))
            .setTurned(online.turned())
            .addAllTurnedTables(online.turnedTables());
    online.comparison().ifPresent(comparison -> state.setComparison(of(comparison)));
    online
        .keptLog()
        .ifPresent(
            kept -> {
              var log = KeptLog.newBuilder().setBytes(kept.bytes()).setRead(kept.read());
              kept.room().ifPresent(log::setRoom);
              state.setKeptLog(log);
            });
    switch (online.replication()) {
      case Replication.None _ -> state.setReplication("NONE");
      case Replication.Master master ->
          state.setReplication("MASTER").setLagBytes(master.lagBytes());
      case Replication.Backup backup when backup.sync().complete() ->
          state.setReplication("BACKUP");
      case Replication.Backup backup ->
          state.setReplication("BACKUP_COPYING").setCopy(CopyProgresses.of(backup.sync()));
      case Replication.Failed _ -> state.setReplication("FAILED");
    }
    return state.build();
  }

  private static DatabaseComparison of(ComparisonState comparison) {
    return DatabaseComparison.newBuilder()
        .setBegunMilliseconds(comparison.begun().toEpochMilli())
        .setEndedMilliseconds(comparison.ended().map(Instant::toEpochMilli).orElse(0L))
        .setTables(comparison.tables())
        .setTablesDone(comparison.tablesDone())
        .setRows(comparison.rows())
        .setDiffering(comparison.differing())
        .addAllRanges(comparison.ranges().stream().map(DifferingRange::words).toList())
        .setAllRanges(comparison.allRanges())
        .build();
  }
}
