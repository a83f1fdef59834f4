/**
 * What must hold before one database may be overwritten with another, from facts alone: nothing
 * here reads or changes a database, so both sides can be compared far from either.
 */
@NullMarked
package org.gemel.database.preflight;

import org.jspecify.annotations.NullMarked;
