/** The contestants: Gemel and those it is measured beside. */
@NullMarked
package org.gemel.bench.peer;

import org.jspecify.annotations.NullMarked;
