package org.gemel.control.api;

import java.time.Instant;
import org.gemel.core.Role;
import org.gemel.core.Side;
import org.jspecify.annotations.Nullable;

/**
 * One newsroom database.
 *
 * @param lamp green main, grey backup, red on a failed change
 * @param role null while unknown
 * @param replicationText "running as replication master", "running as replication backup", "none in
 *     progress" ...
 * @param stateText "online since ...", "backup since ...", "standby since ...", "not responding
 *     ..."
 * @param assets rows of the counted table, -1 unknown
 * @param lagBytes on the master: what the backup has not confirmed yet, -1 unknown
 * @param keptLogBytes log it keeps for the other side, -1 unknown
 * @param logRoomBytes what may still be written before that log is let go of and the other side
 *     must be started again; -1 where there is no limit or it is unknown
 * @param since when it took its role, null unknown
 * @param copy how far the first copy into it is; null where none is under way
 * @param seen how old the count is, and what was read of the definitions
 */
public record DatabaseStatus(
    Side side,
    String device,
    Lamp lamp,
    @Nullable Role role,
    String replicationText,
    String stateText,
    long assets,
    long lagBytes,
    long keptLogBytes,
    long logRoomBytes,
    @Nullable Instant since,
    @Nullable CopyStatus copy,
    SeenAge seen) {

  /** One that nothing is being copied into. */
  public DatabaseStatus(
      Side side,
      String device,
      Lamp lamp,
      @Nullable Role role,
      String replicationText,
      String stateText,
      long assets,
      long lagBytes,
      long keptLogBytes,
      long logRoomBytes,
      @Nullable Instant since) {
    this(
        side,
        device,
        lamp,
        role,
        replicationText,
        stateText,
        assets,
        lagBytes,
        keptLogBytes,
        logRoomBytes,
        since,
        null,
        SeenAge.UNKNOWN);
  }

  /** The same while rows are copied into it, if they are, and with the ages of what was seen. */
  public DatabaseStatus with(@Nullable CopyStatus progress, SeenAge ages) {
    return new DatabaseStatus(
        side,
        device,
        lamp,
        role,
        replicationText,
        stateText,
        assets,
        lagBytes,
        keptLogBytes,
        logRoomBytes,
        since,
        progress,
        ages);
  }
}
