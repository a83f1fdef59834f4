/** The programs of a machine: found, started, timed, ended. */
@NullMarked
package org.gemel.bench.process;

import org.jspecify.annotations.NullMarked;
