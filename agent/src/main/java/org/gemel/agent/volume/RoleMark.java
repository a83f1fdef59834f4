package org.gemel.agent.volume;

import org.gemel.core.Role;

/**
 * The role a volume was given, and in which epoch.
 *
 * @param epoch rises with every change of roles; unsigned
 */
public record RoleMark(Role role, long epoch) {}
