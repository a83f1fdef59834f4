package org.gemel.control.api;

import java.time.Instant;
import java.util.List;
import org.gemel.core.PairMode;
import org.jspecify.annotations.Nullable;

/**
 * The pair at a glance: what the first screen and {@code gemel status} show. Everything in it is
 * read from the devices, never from what was last asked for.
 *
 * @param mode null while no database can be asked for its role
 * @param words one sentence that says what is true, such as "X is main, Y follows it."
 * @param currentRun null where no run is under way
 * @param pendingOperations commands that devices have been given and have not answered
 * @param waiting why something waits or is refused, one sentence each (what, since when, what would
 *     end it)
 */
public record PairStatus(
    String pair,
    Instant at,
    @Nullable PairMode mode,
    String words,
    SideStatus x,
    SideStatus y,
    ReplicationStatus replication,
    FolderMirrorStatus folderMirror,
    BrowseStatus browse,
    List<DeviceStatus> devices,
    int pendingOperations,
    @Nullable RunView currentRun,
    List<String> waiting) {}
