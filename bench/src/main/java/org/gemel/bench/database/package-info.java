/** PostgreSQL servers, pairs of them, and clients: what the works of databases are made of. */
@NullMarked
package org.gemel.bench.database;

import org.jspecify.annotations.NullMarked;
