/** Starts, watches and ends the processes of a facility, so that none is ever left behind. */
@NullMarked
package org.gemel.demo.supervisor;

import org.jspecify.annotations.NullMarked;
