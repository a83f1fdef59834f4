package org.gemel.control.api;

import org.gemel.core.Role;
import org.gemel.core.Side;
import org.jspecify.annotations.Nullable;

/**
 * The strip of one storage system: green = main, grey = backup, unknown = its database cannot be
 * asked.
 *
 * @param role null while unknown
 * @param words such as "main", "backup", "main (held: a switch is under way)", "not responding
 *     since 03:12:07"
 */
public record SideStatus(
    Side side, Lamp lamp, @Nullable Role role, String words, DatabaseStatus database) {}
