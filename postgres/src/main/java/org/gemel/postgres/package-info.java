/** PostgreSQL servers that Gemel makes itself, for the demo and for tests. */
@NullMarked
package org.gemel.postgres;

import org.jspecify.annotations.NullMarked;
