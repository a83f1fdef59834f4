package org.gemel.database.preflight;

import java.util.List;

/**
 * What a database is made of, without its rows.
 *
 * @param major the server's release
 * @param leftOut tables that are left out of the replication by name
 */
public record Definitions(
    int major, List<String> leftOut, List<TableFacts> tables, List<ObjectFacts> objects) {}
