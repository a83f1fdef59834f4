package org.gemel.database;

import java.time.Instant;
import org.gemel.core.Role;

/**
 * What this database was last told to be; a row in its schema {@code gemel} that is never
 * replicated.
 *
 * @param epoch of the role change; a command with a lower one is refused from then on
 * @param since when it got this role, by the database server's clock
 */
public record Mark(Role role, long epoch, Instant since) {}
