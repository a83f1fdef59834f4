/** PostgreSQL replication and role gates: what is done to the database of one side. */
@NullMarked
package org.gemel.database;

import org.jspecify.annotations.NullMarked;
