/** The works, each a section of the report. */
@NullMarked
package org.gemel.bench.work;

import org.jspecify.annotations.NullMarked;
