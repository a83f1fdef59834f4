package org.gemel.database;

/**
 * How a backup reaches main's database.
 *
 * @param address must be reachable from the backup's database server, not only from its agent
 * @param replication the replication user of main
 */
public record MainConnection(DatabaseAddress address, Credentials replication) {}
