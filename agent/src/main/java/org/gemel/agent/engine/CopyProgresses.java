package org.gemel.agent.engine;

import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import org.gemel.database.InitialSync;
import org.gemel.database.TableCopy;
import org.gemel.wire.protocol.CopyProgress;
import org.gemel.wire.protocol.TableProgress;

/**
 * How far a first copy is, on the wire. Of ten thousand tables a few are in work at a time; the
 * others are counted, so that each report stays small.
 */
final class CopyProgresses {
  private static final int MOST_IN_WORK = 50;

  private CopyProgresses() {}

  static CopyProgress of(InitialSync sync) {
    var copy =
        CopyProgress.newBuilder()
            .setTables(sync.tables().size())
            .setWaiting(count(sync, TableCopy.State.WAITING))
            .setCopying(count(sync, TableCopy.State.COPYING))
            .setHere(count(sync, TableCopy.State.CATCHING_UP))
            .setFollowing(count(sync, TableCopy.State.FOLLOWING))
            .setRows(sync.rows())
            .setEstimatedRows(estimatedRows(sync))
            .setBytes(sync.bytes())
            .setEstimatedBytes(sync.estimatedBytes() == 0 ? -1 : sync.estimatedBytes())
            .setBytesPerSecond(sync.bytesPerSecond())
            .setSecondsLeft(seconds(sync.left()))
            .setIndexesLeft(sync.indexesLeft())
            .setBrokenOff(sync.brokenOff());
    sync.tables().stream()
        .filter(table -> table.state() == TableCopy.State.COPYING)
        .sorted(Comparator.comparingLong(CopyProgresses::toCome).reversed())
        .limit(MOST_IN_WORK)
        .forEach(table -> copy.addInWork(of(table)));
    return copy.build();
  }

  private static TableProgress of(TableCopy table) {
    return TableProgress.newBuilder()
        .setTable(table.table())
        .setState(table.state().name())
        .setRows(table.rows())
        .setEstimatedRows(Math.max(-1, table.estimatedRows()))
        .setBytes(table.bytes())
        .setEstimatedBytes(Math.max(-1, table.estimatedBytes()))
        .setBytesPerSecond(table.bytesPerSecond())
        .setSecondsLeft(seconds(table.left()))
        .build();
  }

  private static int count(InitialSync sync, TableCopy.State state) {
    return (int) sync.tables().stream().filter(table -> table.state() == state).count();
  }

  /** Unknown unless it is known of each. */
  private static long estimatedRows(InitialSync sync) {
    return sync.tables().stream().anyMatch(table -> table.estimatedRows() < 0)
        ? -1
        : sync.tables().stream().mapToLong(TableCopy::estimatedRows).sum();
  }

  private static long toCome(TableCopy table) {
    return table.estimatedBytes() - table.bytes();
  }

  private static long seconds(Optional<Duration> left) {
    return left.map(Duration::toSeconds).orElse(-1L);
  }
}
