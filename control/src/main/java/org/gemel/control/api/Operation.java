package org.gemel.control.api;

import java.util.List;
import org.gemel.core.Side;
import org.jspecify.annotations.Nullable;

/**
 * A single control, outside or beside a run: it is journalled like a run of one step, and ticks the
 * matching step of the current run.
 *
 * @param name one of database-set-main, database-set-backup, database-start, database-stop,
 *     browse-stop, browse-point, browse-start, devices-switch, device-reboot, folders-start,
 *     folders-stop, folders-run
 * @param side the side it concerns, where it concerns one
 * @param devices the devices it concerns; empty means all it can concern
 * @param confirm the side that may be overwritten, for those that overwrite
 */
public record Operation(
    String name, @Nullable Side side, List<String> devices, @Nullable String confirm) {}
